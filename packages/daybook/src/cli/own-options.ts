import type { CommandName } from './catalogue.ts'
import { reachOptions } from './media.ts'

const asOf = ['--as-of <day>', 'what was true on a day, YYYY-MM-DD; today when not given'] as const
const limited = ['--limited', "only what the actor's roles may see; what is not shown is masked"] as const
const knownAt = ['--known-at <moment>', 'what the book knew: @POSITION, a day, or a time'] as const

/** What a command takes besides the options of all, and what its help says after them. */
export interface Own {
  readonly arguments?: readonly (readonly [name: string, says: string])[]
  readonly options?: readonly (readonly [flags: string, says: string])[]
  readonly required?: readonly (readonly [flags: string, says: string])[]
  readonly after?: string
}

export const own: Readonly<Record<CommandName, Own>> = {
  import: {
    arguments: [['<path...>', 'X12 files; of a directory, the files directly in it, by name, without dotfiles']],
    options: [['--open-missing', 'open accounts for claims never seen, instead of holding them']],
    after: `
What a file is, is told by its content. One that can not be read does not stop the others: the exit status is then 1.
A file has at most 32 MB. The same file again is a duplicate: nothing is posted twice.
A new book is made only when a file holds something to take in.`,
  },
  aging: {
    options: [
      asOf,
      knownAt,
      ['--basis <basis>', 'responsibility, dos, billDate or firstStatement'],
      ['--by <dimension>', 'payer, coverage, financialClass, location or provider'],
    ],
  },
  'accounts-control': {
    options: [
      asOf,
      knownAt,
      [
        '--account <name>',
        'one account, with every part of its balance: payerClearing, withhold:<payer>, receivable …',
      ],
    ],
    after: `
Receivables and control accounts together are 0. What explains a balance adds up to it: debits above zero, but of
payerClearing, what payers have paid and no account has yet, credits. Of a long explanation the largest parts are shown
(--account, --json: all). The exit status is 1 where the books are out of balance.`,
  },
  cash: {
    options: [
      ['--from <day>', 'first day; the first of the month of the last day when not given'],
      ['--to <day>', 'last day; today when not given'],
      knownAt,
    ],
    after: `
A day is the one from which money counts: patients' money was received on it, a payer's advice names it as payment date.
Each remittance is a payment of its own; patients' money is told by the deposit batch that its payments name. Below, each line
of the bank's statement that is on record (deposit) beside what of the books is in it, the difference shown, and the cash that
no line has.`,
  },
  deposit: {
    arguments: [['<reference>', 'what the bank calls the line: number of the slip, trace of the transfer, check']],
    required: [['--amount <dollars>', 'as the statement has it, such as 153.00; -40.00 where the bank took it']],
    options: [
      ['--on <day>', 'the day that the bank gives it; today when not given'],
      ['--batch <name...>', "patients' money of these deposit batches"],
      ['--remittance <id...>', 'advices whose payment it is, by id or its beginning'],
      ['--payment <account/payment...>', 'single payments, or settled drafts, of patients'],
      ['--taken-back <account/payment...>', 'payments of which the bank took something back'],
      ['--refund <account/refund...>', 'refunds that were cashed'],
      ['--withhold <account/withhold...>', 'what a payer had withheld and has sent'],
      [
        '--payer-withhold <remittance/n...>',
        'what it had withheld beside the claims of an advice and has sent, by its number',
      ],
      ['--explain <dollars>', 'say what the difference of a line on record is: bank less books; with --reason'],
      ['--withdraw', 'the line was recorded wrongly: it is as if it were not there; with --reason'],
      ['--reason <text>', 'why; goes into the book'],
    ],
    after: `
Day, reference and amount make the line: given again it is the same one. Nothing of the books moves; cash shows the line beside
them. A single payment is named before a batch has it, and of two lines the earlier one.`,
  },
  worklist: {
    options: [
      ['--queue <queue>', 'a queue, or a part of one: denials, denials:auth'],
      asOf,
      knownAt,
      ['--mine', 'only what the actor has: --actor says who that is'],
      ['--propensity <file>', 'JSON: {"ACCOUNT": {"basisPoints": 6000, "source": "model 1"}}, for the score'],
      ['--limit <n>', 'at most so many, from the top'],
      limited,
    ],
  },
  accounts: {
    arguments: [['[text...]', 'words of a name, a birth day, a member id, a claim number, or their beginnings']],
    options: [
      ['--exact', 'whole words only'],
      ['--limit <n>', 'at most so many'],
      ['--after <next>', 'goes on behind the last of an earlier list'],
      limited,
    ],
  },
  account: { arguments: [['<id>', 'account id, or its beginning']], options: [asOf, knownAt, limited] },
  history: {
    arguments: [
      ['<id>', 'id of an account, a remittance, a person, a held claim or a line of the bank, or its beginning'],
    ],
    options: [asOf, knownAt, limited],
  },
  explain: {
    arguments: [['<id>', 'account id, or its beginning']],
    options: [
      ['--line <line>', 'one line of the account: as explain calls it ("99213 of 2026-02-19"), its code, or its id'],
      asOf,
      knownAt,
      limited,
    ],
  },
  release: {
    arguments: [['<id>', 'remittance id, or its beginning']],
    required: [['--reason <text>', 'why; goes into the book; must be given']],
    options: [
      ['--claim <n>', 'a held claim: everything held of the remittance is tried again'],
      ['--account <name>', 'takes the difference: providerAdjustment:<PLB code, such as CS>, refundsPayable, …'],
      ['--payment-date <day>', 'where the advice names none, or a wrong one'],
      ['--another-payment', 'a second payment came: else the cash of a payment in the books is not posted again'],
      ['--visit <id>', 'the visit that the held claim is of: one of those that it could be'],
      ['--open-missing', 'open accounts for claims never seen'],
      [
        '--withheld <how>',
        'check, ach or other: so came what the payer withheld beside the claims (PLB E3); nothing else',
      ],
      [
        '--amount <dollars>',
        'with --withheld: such as 40.00; all that stands when not given; -40.00 where it did not stay',
      ],
      ['--reference <text>', 'with --withheld: number of the check, or trace of the payment'],
      ['--on <day>', 'with --withheld: the day on which it was received; today when not given'],
    ],
  },
  reject: {
    arguments: [['<id>', 'remittance id, or its beginning']],
    required: [['--reason <text>', 'why; goes into the book; must be given']],
    options: [
      ['--claim <n>', 'give up one held claim, not the whole remittance'],
      ['--account <name>', "takes the claim's money out of clearing: refundsPayable, providerAdjustment:<PLB code>, …"],
      ['--withheld', 'give up what the payer withheld beside the claims (PLB E3), and nothing else'],
    ],
  },
  dismiss: {
    arguments: [['<id>', 'id of the file, or its beginning: the worklist shows it']],
    required: [
      ['--claim <n>', 'the place of the claim in its file; must be given'],
      ['--reason <text>', 'why; goes into the book; must be given'],
    ],
    options: [],
  },
  refund: {
    arguments: [['<id>', 'remittance id, or its beginning']],
    required: [['--reason <text>', 'why; goes into the book; must be given']],
    options: [
      ['--amount <dollars>', 'such as 40.00; all that is to be sent back when not given'],
      ['--method <how>', 'check, ach or other'],
      ['--reference <text>', 'number of the check, or trace of the payment'],
      ['--on <day>', 'the day on which it was sent; today when not given'],
      ['--void <n>', 'the refund of this number never arrived: its money is to be sent back as before'],
    ],
    after: `
Only what a release or a rejection had put to refundsPayable is sent back. It is on the worklist until it is.`,
  },
  may: {
    arguments: [['<account>', 'account id, or its beginning']],
    options: reachOptions,
    after: `
Every rule that stands against it is listed, with its source, and the first time at which all of them would let it pass, by
the clocks of the person. Nothing is written. The exit status is 1 where it is not allowed.`,
  },
  contact: {
    arguments: [['<account>', 'account id, or its beginning']],
    options: [
      ...reachOptions,
      ['--begin', 'before anybody dials: refused with every reason, or on record and counted'],
      ['--outcome <how>', "how a call ended: noAnswer, leftLimitedMessage, rightParty … or the practice's own code"],
      ['--spoke <summary>', 'somebody spoke: what was said'],
      ['--inbound', 'they called or came'],
      ['--discussed', 'something of the account was told'],
      ['--check <id>', 'the check of identity that this rests on'],
      ['--commitment <text>', 'what they said that they will do'],
      ['--next <text>', 'what is to be done next'],
      ['--met', 'somebody was met at a visit'],
      ['--template <name>', 'the template of a message'],
      ['--level <n>', 'the level of a letter; 0 demands nothing'],
      ['--datum <id>', 'the phone, address or e-mail that was used: may shows them'],
      ['--contact <id>', 'the contact that was begun: it counts once'],
      ['--note <text>', 'a remark on a call or a visit'],
      ['--said <list>', 'what was said to that one, comma between: ownName,confirming,employerAsked … (--whom)'],
    ],
    after: `
What has happened is recorded also where it should not have: what stood against it is a warning, and the next call knows of it.
Without --begin it is a report: a call with --outcome or --spoke, a message that was sent, a visit.
The exit status is 1 where --begin is refused.`,
  },
  delegate: {
    arguments: [
      ['[from]', 'whose work it is; without it all delegations are shown'],
      ['[to]', 'who does it'],
    ],
    options: [
      ['--until <day>', 'the last day'],
      ['--since <day>', 'the first day; today when not given'],
      ['--queues <list>', 'some queues only, comma between: denials,promises'],
      ['--revoke <delegation>', 'end this one now'],
      ['--reason <text>', 'why; goes into the book'],
    ],
    after: `
What is delegated is work, nobody's roles and nobody's approval: who does it has their own roles, and neither of the two is the second
person where two must agree. Their worklist (--mine) shows it; --on-behalf-of puts both names on every event.`,
  },
  'hand-over': {
    arguments: [
      ['<from>', 'who has it'],
      ['<to>', 'who has it from now on'],
    ],
    options: [['--dry-run', 'say what would go, and write nothing']],
    after: `
Each piece goes as it was assigned, also what is on no list today. For some days only: daybook delegate.`,
  },
  note: {
    arguments: [
      ['<account>', 'account id, or its beginning'],
      ['<text...>', 'what was said or done'],
    ],
    options: [
      ['--on <day>', 'YYYY-MM-DD; today when not given'],
      ['--about <matter>', 'such as visit:ID, payment:ID, plan:ID, promise:ID, dispute:ID, inquiry:ID'],
      ['--with <name>', 'who was spoken to'],
      ['--verified', 'they were verified to be who they said'],
      ['--commitment <text>', 'what they said that they will do'],
      ['--next <text>', 'what is to be done next'],
      ['--amends <note>', 'something more to a note, which stays as it was'],
    ],
  },
  person: { arguments: [['<id>', 'person id, or its beginning']], options: [limited] },
  statement: {
    arguments: [['[account]', 'account id, or its beginning; not needed for --csv']],
    options: [
      ['--dry-run', 'print what would be sent today, with every reason against it; nothing is written'],
      ['--document <id>', 'print this one again, `last` for the last statement or letter; nothing is written'],
      ['--html', 'as an HTML page that stands alone; plain text when not given'],
      [
        '--csv',
        'what was made and not sent, of all accounts or of one, for whoever prints and mails it; nothing is written',
      ],
    ],
    after: `
The ladder of the practice's policy says what is due: a statement, a letter, or nothing yet. What stands against it is listed,
with its source and the earliest day, and the exit status is 1. What was made is sent by whoever sends mail, and
RecordDelivery says what became of it. An older one is printed again to the same bytes.`,
  },
  letter: {
    arguments: [
      ['<account>', 'account id, or its beginning'],
      [
        '<about>',
        'assistanceGranted, assistanceReceived, complaint, disputeAcknowledged, disputeDecided, firstNotice, planAmended, planCure, planDeferred, refund',
      ],
      ['[id]', 'of the adjustment, the pause, the complaint, the dispute, the plan or the refund'],
    ],
    options: [
      ['--answer <text>', 'what a complaint is answered'],
      ['--by <way>', 'mail, email or inPerson; by e-mail where that was agreed to, else by mail, when not given'],
      ['--html', 'as an HTML page that stands alone; plain text when not given'],
    ],
    after: `
A letter says what the book holds, and nothing else: amounts and days that it names in the desk's words must stand there, and what it
says will happen must be intended and allowed. When it goes out (RecordDelivery), the notice before default, the acknowledgement and
the end of a dispute, and the answer to a complaint are on record by it.`,
  },
  accesses: {
    arguments: [['[account]', 'account id, or its beginning; all when not given']],
    options: [
      ['--by <actor>', 'only looks of this actor'],
      ['--from <day>', 'first day, YYYY-MM-DD'],
      ['--to <day>', 'last day'],
      ['--limit <n>', 'at most so many, the oldest first'],
      ['--after <next>', 'goes on behind the last of an earlier list'],
    ],
    after: `
Every question that shows somebody's data is written down before it is answered, in a log of its own beside the book
(FILE.access); check looks at it too. What the actor's roles may not see is masked: --roles frontDesk. Nothing is ever deleted
from it: records are kept six years at least (45 CFR 164.316(b)(2)).`,
  },
  disclosures: {
    arguments: [['<account>', 'account id, or its beginning']],
    options: [['--all', 'also for treatment, payment and operations, and by the word of the patient']],
    after: `
What was given out is recorded with the command RecordDisclosure: to whom, what, for what. The accounting reaches back as far as
policy says (access.lookBackYears), six years at least (45 CFR 164.528).`,
  },
  command: {
    arguments: [['<file...>', 'JSON files, - for standard input']],
    after: `
A file holds one command or an array: {"account": "…", "commandId": "…", "type": "PostCharge", "on": "2026-11-02", …}.
A command without a commandId gets one; with one, sending it again gives its first receipt.`,
  },
  rules: {
    arguments: [['[id]', 'a rule, such as PC-02; all when not given']],
    options: [
      ['--facts <json>', 'facts as JSON, or a file of them: prints what the rule decides and why'],
      ['--as-of <day>', 'the day on which it is decided; today when not given'],
    ],
  },
  day: {
    options: [
      ['--date <day>', 'YYYY-MM-DD; today when not given'],
      ['--dry-run', 'say what the day would bring, write nothing'],
    ],
    after: `
Looks at every plan that has not ended, and every promise whose time has passed. Run it once a day; run again, it does
nothing twice.`,
  },
  rebuild: {
    arguments: [['[view]', 'aging, lists or worklist; all when not given']],
    after: `
Each view is built beside the live one, which answers meanwhile, and takes its place at once. Nothing of the log changes.`,
  },
  backup: {
    arguments: [['<to>', 'the file of the copy; nothing may be there']],
    options: [['--with-key', 'put a copy of the key beside it: who has both has everything']],
    after: `
The copy is the book as it stands when this begins, whoever writes meanwhile; it opens by itself: --db sqlite:TO. It gets its
name once it was gone through. Without --with-key the key is not in it: keep a copy of it apart, once; it never changes.`,
  },
  export: {
    required: [
      ['--to <file|url>', 'a file, where nothing may be; or the URL of an empty book, which takes all of it over'],
    ],
    options: [['--account <id>', 'one account: a file to read and to verify, that no book takes over']],
    after: `
The file is lines of JSON (docs/exported-log.md): the bytes, hashes, positions and times of every event, and the head that they
give. The key is not in it. Once another book has taken the log over, write in one of the two only.`,
  },
  'import-log': {
    arguments: [['<from>', 'an exported file, or the URL of a book']],
    options: [['--dry-run', 'look at all of a file, of one account too, and take nothing over']],
    after: `
The book that --db names must be empty, or not there: it becomes the other one, with its name, positions, times and commands.
A file is looked at from its first byte to its last before anything is taken. Stopped, the same command goes on where it was.
The key moves apart: put the key file of the other book beside this one.`,
  },
  check: {
    options: [
      ['--head', 'when all is well, print the head of the book, @POSITION:HASH, to be written down'],
      ['--access-head', 'when all is well, print the head of the access log'],
      ['--expect-head <head>', 'a head written down earlier: up to it nothing may have changed'],
      ['--expect-access-head <head>', 'the same of the access log'],
    ],
    after: `
Silent, with exit status 0, when all is well; --json says what was looked at.
Without a head from outside the book, check can not find: the newest events deleted together with the records of their
commands and the views; a whole stream deleted with its records, the rest moved up; committed times all moved alike;
a command's fingerprint made another; a log made anew by somebody who can write the file. A head kept elsewhere tells of every such change before it.`,
  },
}
