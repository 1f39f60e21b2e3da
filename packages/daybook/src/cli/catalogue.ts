/** The commands of the command line: what its help lists and what its parser knows. */
export const commands = [
  {
    name: 'import',
    usage: 'import PATH…',
    says: 'take in claims (837) and remittances (835): post what balances, hold the rest',
  },
  { name: 'aging', usage: 'aging', says: 'what is owed, by age and by who owes it' },
  {
    name: 'accounts-control',
    usage: 'accounts-control',
    says: 'the trial balance: control accounts, and what explains each balance',
  },
  {
    name: 'cash',
    usage: 'cash',
    says: "received money by day and batch, held against the bank's statement line by line",
  },
  {
    name: 'deposit',
    usage: 'deposit REFERENCE',
    says: "a line of the bank's statement, and what of the books is in it",
  },
  { name: 'worklist', usage: 'worklist', says: "the day's work, in order, with reasons" },
  { name: 'accounts', usage: 'accounts [TEXT]', says: 'accounts by name, birth day, member id or claim number' },
  { name: 'account', usage: 'account ID', says: 'an account on one page' },
  {
    name: 'history',
    usage: 'history ID',
    says: 'every event of an account, remittance, person, held claim or bank line: who, when and why',
  },
  { name: 'explain', usage: 'explain ID', says: 'why the balance is what it is, line by line' },
  { name: 'release', usage: 'release ID', says: 'let a held remittance through, or try a held claim again' },
  { name: 'reject', usage: 'reject ID', says: 'refuse a held remittance, or give up a held claim' },
  { name: 'dismiss', usage: 'dismiss ID', says: 'a held claim of one of your own files (837) is not to be taken' },
  { name: 'refund', usage: 'refund ID', says: "a payer's money that no claim explains went back to it" },
  { name: 'command', usage: 'command FILE…', says: 'give commands from JSON files' },
  {
    name: 'may',
    usage: 'may ACCOUNT',
    says: 'may somebody be called, written to or visited now; else from when, and why',
  },
  {
    name: 'contact',
    usage: 'contact ACCOUNT',
    says: 'record a contact: before it is made, or what came of a call, a message or a visit',
  },
  { name: 'note', usage: 'note ACCOUNT TEXT', says: 'write down what was said or done; or add to a note' },
  { name: 'person', usage: 'person ID', says: 'a person on one page: how they are reached, and what they agreed to' },
  {
    name: 'delegate',
    usage: 'delegate [FROM TO]',
    says: "one does another's work for some days; or ends that, or shows who does whose",
  },
  { name: 'hand-over', usage: 'hand-over FROM TO', says: 'all that somebody has goes to another for good' },
  {
    name: 'statement',
    usage: 'statement ACCOUNT',
    says: 'send the statement or letter that is due; or print one again',
  },
  {
    name: 'letter',
    usage: 'letter ACCOUNT ABOUT',
    says: 'make a letter that answers, confirms or gives notice: of a dispute, a plan, a complaint, help, a refund',
  },
  {
    name: 'accesses',
    usage: 'accesses [ACCOUNT]',
    says: 'who looked at what, when and for what: of one account, of one actor, or all',
  },
  {
    name: 'disclosures',
    usage: 'disclosures ACCOUNT',
    says: 'to whom outside data of an account was given, as it is told to the patient who asks',
  },
  { name: 'rules', usage: 'rules [ID]', says: 'the rule catalogue; with facts, what a rule decides' },
  {
    name: 'day',
    usage: 'day',
    says: 'record what the day brings: instalments missed, cures offered, defaults, statements',
  },
  { name: 'rebuild', usage: 'rebuild [VIEW]', says: 'build the views anew from the events: aging, lists, worklist' },
  { name: 'backup', usage: 'backup TO', says: 'copy the book into one file while it is used; the copy is looked at' },
  { name: 'export', usage: 'export', says: 'write the whole log into a file, or into an empty book elsewhere' },
  { name: 'import-log', usage: 'import-log FILE|URL', says: 'take a whole log over into an empty book' },
  { name: 'check', usage: 'check', says: 'named checks of the whole book; silent when all is well' },
] as const satisfies readonly { readonly name: string; readonly usage: string; readonly says: string }[]
export type CommandName = (typeof commands)[number]['name']

/** Options that every command takes. */
export const sharedOptions: readonly (readonly [flags: string, says: string])[] = [
  [
    '--db <url>',
    "the book: sqlite:FILE, 'sqlite:FILE?mode=ro' to read only, postgres://USER@HOST/DATABASE, esdb://HOST:2113, memory: for a trial (env DAYBOOK_DB; default sqlite:daybook.db)",
  ],
  ['--json', 'print JSON: money in integer cents, dates in ISO'],
  ['--actor <id>', 'who acts, written on every event (env DAYBOOK_ACTOR; default cli, a named process)'],
  ['--roles <list>', 'desk roles of the actor, comma between: supervisor,compliance (env DAYBOOK_ROLES)'],
  ['--on-behalf-of <id>', 'whose work it is: commands are given for them, by a delegation of today (daybook delegate)'],
  [
    '--clock-is-right',
    'yes, really: take the clock for right although it stands years after the last event of the book',
  ],
  [
    '--views <url>',
    'where its views live, when not beside the log: sqlite:FILE, postgres://…; a book in KurrentDB needs it (env DAYBOOK_VIEWS)',
  ],
  [
    '--access-log <url>',
    'where it is written down who looked at what, when not beside the book; a book that is only read needs it (env DAYBOOK_ACCESS_LOG)',
  ],
  ['--key <file>', 'the file of its secret, made with a new book; a book on a server needs it (default FILE.key)'],
  ['--rules <module>', 'own rules and facts: a module that exports `rules` and `facts` (env DAYBOOK_RULES)'],
  ['--practice <preset>', 'the policy that a new book begins with, such as physicianPracticeMN (env DAYBOOK_PRACTICE)'],
]
