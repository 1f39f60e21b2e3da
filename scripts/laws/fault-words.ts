/**
 * Faults that users and opponents of the first slice found, by kind: what is right, in words. A test of a row has its id in
 * its name (`watch-2 …`); docs/faults.md says which tests those are. Ids are stable.
 */
export const faultWords = {
  'identity: whose visit, whose claim': {
    'identity-1': 'two claims of one number, two days, in one 837: both are charged',
    'identity-2':
      'a payment under another number, of another day, is held: it closes no denial of the visit that is there',
    'identity-3': 'the same where missing visits are opened: it opens one of its own',
    'identity-4': 'two days under one number in one 835: both post',
    'identity-5':
      'a replacement under a new number, then paid under it: a visit remembers every number that it has had',
    'identity-6': 'a replacement of a number that is not on file is matched by patient, days and services, or held',
    'identity-7': 'a payer gives back the first 20 characters of a number, or in capitals: it matches',
    'identity-8': 'a member id with a suffix, or a new one: number, name, days and services match, with a finding',
    'identity-9': 'a claim split by its payer, one number and two claim control numbers: both parts post',
    'identity-10': 'a line control number that several lines share decides nothing: what distinguishes them does',
    'identity-11':
      'the reference of a provider adjustment holds more than a claim control number: it is tied all the same',
    'identity-12': 'a visit of the desk, or a balance brought forward, then its 837, then its 835: one visit',
    'identity-13': 'one person with two accounts, or at two payers: a hint with its reasons, never a silent merge',
    'identity-14':
      'a claim replaced under a new number is taken back under the old one and decided anew: one unit, whichever comes first',
    'identity-15': 'a payer under two ids and one name is one; a patient is a member of every payer on file',
    'identity-16':
      'who is who where nearly all agrees (suffix, birth day, names that begin alike): told, or held, never charged twice',
    'identity-17': 'a second original of other lines, modifiers, units or days is held; the same again is a duplicate',
    'identity-18': 'a claim to the next payer under a number of its own is held beside the claim to the first',
    'identity-19': 'a claim of lines that are alike, split by its payer: each part is of another line',
    'identity-20': 'a balance brought forward with a charge beside it, or without a number: nothing is charged again',
    'identity-21': 'an advice without lines and of another total than its visit is held',
    'identity-22': 'one number for visits of two days: a reversal is of its own day, and no unit with the other one',
    'identity-23': 'a patient whom the name has told keeps one account when the member id comes',
    'identity-24':
      'a name that is written otherwise (a part of it, in another order, exchanged) is the name, or is held',
    'identity-25':
      'a given name that the payer does not know, of a newborn, of a child called as the subscriber: held, not charged again',
    'identity-26': 'an advice that only name, day and services join to a claim on file opens nothing beside it',
    'identity-27': 'what stands before the void of its file stays what it was when the file comes again',
    'identity-28': 'a replacement voids no services of a visit that only a payer called by its number',
    'identity-29': 'two claims at once that only name and birth day join are charged once',
    'identity-30':
      'a part of a claim that comes under a number of its own is held beside the part that waits, not charged again',
    'identity-31':
      'a reversal whose number and services are of one visit and its payer’s number of another is held with both',
    'identity-32': 'a member id that a name has told is the patient’s, for claims that name no more',
    'identity-33': 'late charges of the very service that a claim has had are held; the same again are a duplicate',
    'identity-34': 'a replacement under a number of its own is of the visit whose number it names and whose day it has',
    'identity-35':
      'claims without a number are told apart by patient and service; of whom nothing is known, they are held',
    'identity-36':
      'a claim with another code for the day and charge of a visit that has no claim yet, or none to its payer, is held',
    'identity-37': 'a decision under the very number of an earlier one is held, whatever our number and code are in it',
    'identity-38': 'nothing is opened beside a visit of which one letter says that it is not the patient’s',
    'identity-39':
      'a replacement or a void is held between such a visit of its number or services and another one of the patient',
    'identity-40': 'a birth day mistyped beside an initial, a family name changed while the birth day is equal: held',
    'identity-41':
      'a number and a name of one patient and the member id of another one of that name are held with both',
    'identity-42': 'two long numbers of one file that begin alike are not one number of two patients',
    'identity-43': 'late charges under another number are held beside the visit on which an advice has charged them',
    'identity-44': 'what was denied beside what was paid, decided again under another number, is not charged again',
    'identity-45':
      'a new member id beside the old one in one file, while name and birth day are equal: held, also without a number',
    'identity-46':
      'twins whose names are a letter apart, under one member id and number, are two where a file has both',
    'identity-47':
      'an original under another number, of services that its payer has refused, is held beside their visit',
    'identity-48':
      'a void or a replacement is of one of a visit’s claims: what another one, the desk or an advice has charged stays',
    'identity-49':
      'a replacement of a claim to a later payer takes nothing out of what the first payer has got and decided',
    'identity-50':
      'a practitioner and a facility bill one encounter under one number: two claims, whatever code and day they share',
    'identity-51': 'a replacement that says services of two visits of its number is held with both',
    'identity-52':
      'lines that a payer bundles under a code of its own, or takes apart, are held with their visit, not charged again',
    'identity-53':
      'a claim that its payer denies as a duplicate, under another number, opens nothing beside what it paid',
    'identity-54': 'an advice that returns no number at all is found by patient, day and service, as one under zeros',
    'identity-55': 'a correction after its reversal, without a number of ours, is of the visit that was taken back',
    'identity-56':
      'what its payer has refused, coded anew under its number, is held beside its visit, not charged again',
    'identity-57':
      'an original to another payer, under another number, of what the first one has refused, is held beside its visit',
    'identity-58':
      'of a family under one member id a child with an id of its own, beside the parent in one file, is who it is',
    'identity-59':
      'claims of one number and day whose advices came first, and stand on one visit: each is the first of its services',
    'identity-60':
      'a payer says how it has the patient otherwise (NM1 74): the next claim, which says it so, is the patient’s',
    'identity-61':
      'two claims of one number and day that only advices have told of: a replacement of one leaves what is paid of the other',
    'identity-62':
      'late charges before the claim that they were added to, or after their advice: charged once, and no void or replacement takes them',
    'identity-63':
      'a claim that was voided is taken back while another one under its number is paid: each is of its own visit',
  },
  'word: the word of the payer at the gates to the patient': {
    'word-1': 'what a payer refused is not moved to the patient by another word of the desk',
    'word-2': 'what no payer has decided is not moved to the patient in a payer’s name',
    'word-3': 'the same where the payer is Medicaid',
    'word-4': 'no more than the cost share of the No Surprises Act reaches the patient, by no way',
    'word-5': 'Medicare cost sharing is written off on a determination of need, or after collection in earnest',
    'word-6': 'charity wants a determination, a write-off by bankruptcy a bankruptcy',
    'word-7': 'two approvals are of two persons, neither of whom has asked',
    'word-8': 'moving an amount away and back makes it no younger',
    'word-9':
      'a patient whom a payer called a QMB on one visit is asked for nothing on another before somebody has checked',
  },
  'net: what an account owes, net': {
    'net-1': 'money on account meets what is owed at the end of the unit by policy, or is what the desk is told first',
    'net-2': 'nothing is placed, and no credit refunded, that money on account or an open item would meet',
    'net-3': 'money taken back after its refund is owed again by whoever got the refund',
    'net-4': 'money counts for an item from the first day on which the item is open',
    'net-5': 'no stage of a layer is below zero on any day',
    'net-6': 'a credit is used for another visit by a command with a day of its own',
    'net-7': 'lines that tie are paid in the order of the claim',
    'net-8': 'money for what was written off: undoing the write-off is the next step',
    'net-9': 'a reversal that comes alone suspends a plan and completes none',
    'net-10': 'an instalment that is paid a day early is paid',
    'net-11': 'money that was used for another item and is taken back as of a day before was never without an item',
    'net-12':
      'what is owed in dispute keeps no money back; for what an agency has the next step is the one that can be taken',
    'net-13': 'money for a visit or a plan goes to what is in dispute of it last',
    'net-14': 'no more goes back to a payer, or pays another item for it, than the payer has paid',
    'net-15': 'a payer decides on what the patient has, or has paid: the hold says what to do first',
    'net-16': 'a payer decides on a line for which its credit was used: the credit is the payer’s again',
    'net-17': 'a payer decides on what another one refused: the hold says where it stands and what to do first',
    'net-18': 'what is found out later replaces what was owed from the day on which it was there to be replaced',
    'net-19': 'a payer takes back what a refund has given it already: the hold says to acknowledge the refund first',
  },
  'standing: how something stands on a day': {
    'standing-1':
      'an account as of a day: plans, placements, denials, credits, holdings and phase are those of the day',
    'standing-2': 'the work of a day before any event is none',
    'standing-3': 'what is dated ahead is on no list of today, and can not be placed or written off before its day',
    'standing-4': 'an instalment that was paid and bounced is missed from the day on which it bounced',
    'standing-5': 'a decision is dated by its decision, and judged by the rules of its day',
    'standing-6': 'a rule is cited for its own dates and reach, a deadline with the days that it is counted by',
    'standing-7': 'what a dispute holds of a plan is not missed when the money for it goes back',
  },
  'watch: money that nobody watches': {
    'watch-1': 'every open amount is on a list with its day, reason and next step, or has a dated reason why not',
    'watch-2': 'a plan that nobody pays is on the list from the day after its grace',
    'watch-3':
      'a payment that was rejected and is to go back has an owner, a day, a list and a command that pays it out',
    'watch-4': 'an agency is told what happens to what it has',
    'watch-5': 'the release of a re-issued remittance says what it does to the cash, and the cash comes once',
    'watch-6': 'a refund of ours that the payer takes back besides: the next step is the acknowledgement, and it ends',
    'watch-7': 'a takeback of a payer or remittance that is not there is refused',
    'watch-8': 'a policy does not say not in use of what law asks',
    'watch-9': 'what a payer kept beside its claims ends when it comes by a check of its own',
    'watch-10': 'a payer takes back what it had decided of voided services: nothing waits for a correction',
    'watch-11':
      'the list says that money waits for a payer, however it was named, and that an approved refund is to go out',
    'watch-12':
      'what a payer took back, and a person has moved on, waits for no correction, and meets what the patient has paid',
    'watch-13': 'a payer that refused as the first one and comes second is billed with the decision of the one before',
    'watch-14': 'what a claim says that the patient has paid is looked for until it is there, and no longer',
    'watch-15': 'a refund is acknowledged by an advice of the payer that got it, which shows as much',
  },
  'whom: of whom, and what can not be': {
    'whom-1': 'a debt stays with the guarantor of its day, though the patient has come of age',
    'whom-2': 'a child accepts no plan and is nobody’s guarantor',
    'whom-3': 'facts that lie ahead or contradict each other are refused',
    'whom-4': 'a service before the birth, or years ahead, is refused',
    'whom-5': 'a code set that was not in force on the day is a finding',
    'whom-6': 'a negative payment of a remittance is a finding',
    'whom-7': 'an amount that can not be read is named where it keeps a remittance from posting',
    'whom-8': 'a contractual adjustment of the whole charge is a finding',
    'whom-9': 'blanks before a terminator lose nothing',
    'whom-10': 'a duplicate denial of a claim that was paid changes nothing',
    'whom-11': 'a payer that is not known stands beside the share that waits for it; adding the coverage frees it',
    'whom-12': 'a line whose fields are shifted is held, and told why',
    'whom-13': 'two payers that both pay first: an overpayment with an owner',
  },
  'trust: the book’s own trust': {
    'trust-1': 'a book is not opened with another secret',
    'trust-2': 'rows of views that were edited are found, and rebuilt',
    'trust-3': 'guards that were dropped or planted are noticed and restored',
    'trust-4': 'an account is named by its whole id, or by a beginning that only one has, everywhere alike',
    'trust-5': 'killed between the references of a claim: one account, as without the kill',
    'trust-6': 'the key of a new book is on the disk before its first event',
    'trust-7': 'nobody else’s code is run from a cache',
    'trust-8': 'two accounts with lines of one id: each has its own dates in every aging',
    'trust-9': 'a file that grows in the reader’s memory is limited, and what is long is linear',
    'trust-10': 'a recorded time far ahead of the last is refused, unless it is said to be meant',
    'trust-11': 'messages hold no personal data, and files are their owner’s alone',
    'trust-12': 'readers need no lock; what is no regular file, too large or no JSON is refused in words',
    'trust-13': 'what is edited in the log is found by check, or by whoever reads it',
    'trust-14': 'no day that a book can name is before the rules: nothing is allowed by dating it there',
    'trust-15': 'a book whose events were all taken away says so when it is opened, and is not begun anew',
  },
  'facade: what a product and a desk could not do': {
    'facade-1': 'every call has an actor',
    'facade-2': 'ids that the library makes are in the receipt, and a receipt that is asked for again is the first',
    'facade-3': 'a refusal is a value everywhere, and everything else is thrown',
    'facade-4': 'types of answers are exported, what is inside is not',
    'facade-5': 'every member of a book says what it does',
    'facade-6': 'accounts, payments, remittances and plans can be listed and searched',
    'facade-7': 'an import takes bytes or a stream',
    'facade-8': 'events can be gone through and followed; a view of one’s own can be kept',
    'facade-9': 'rules and facts of one’s own are asked by imports and the command line too',
    'facade-10': 'a signal that fires gives a call up',
    'facade-11': 'an account that is not there, a zone that is none, a closed book: each its own error',
    'facade-12': 'a book can be opened to be read only',
    'facade-13': 'neither an import nor a check keeps others from their turn',
    'facade-14': 'a package has its README and licence; a Node that is too old is refused in words',
    'facade-15': 'warnings of a command are shown',
    'facade-16': 'surplus words are refused',
    'facade-17': 'an account shows names, numbers, payments, refunds, schedules, and the ids that commands want',
    'facade-18': 'explain takes the lines that it prints',
    'facade-19': 'what keeps a balance from being placed stands first, what is not known in one line',
    'facade-20': 'an appeal whose day has passed says so',
    'facade-21': 'a share that is held names its rule',
    'facade-22': 'one credit is one item',
    'facade-23': 'sentences say what is meant',
    'facade-24': 'a rule lists its facts',
    'facade-25': 'reports show names where they are known, and no rows of zeros',
    'facade-26': 'the first start on an older Node is quiet',
    'facade-27': 'an option, a signal, a subscription or a view that is none is named, with what is expected',
    'facade-28': 'a rule of one’s own that gives no verdict blocks, a fact that is none is one that nobody knows',
    'facade-29': 'a view of one’s own that gives what can not be kept is told, and keeps nothing',
    'facade-30': 'what is done for another is refused without a delegation, whatever it is',
    'facade-31': 'an opening that is refused says why; a list of an account that is not there is not empty',
    'facade-32': 'the guides list all checks and errors that there are, the reference the JSON of every command',
    'facade-33': 'how a closed book stands is an answer, no error',
  },
  'year: what a generated year of a practice has found': {
    'year-1': 'what was taken back at a number is taken back at it, under whatever name and in whatever file it stands',
    'year-2': 'of several files of one human being none ends with its consent what another has taken back',
    'year-3': 'a confidential channel is the number, not its name; of two files the later word is the last',
    'year-4': 'a call to the person’s own number is one to them, whoever is said to have been reached',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/** Every row, in the order of the page. */
export const faultRows: readonly string[] = Object.values(faultWords).flatMap((rows) => Object.keys(rows))
