// Writes docs/reference from the schemas, `npm run reference`: events.md and commands.md (meaning, fields, units, class, who
// decides), and command-line.md (the JSON of every command, from a practice that nobody real belongs to). `--check` only
// says whether the pages are what would be written.
import { globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessEventDefinitions } from '@daybook/core/access'
import { accountCommandSchemas, accountEventDefinitions, asksOrReports, importCommands } from '@daybook/core/account'
import { delegationEventDefinitions } from '@daybook/core/delegation'
import { depositCommandSchemas, depositEventDefinitions } from '@daybook/core/deposit'
import { type LeafClass, leavesOf } from '@daybook/core/kernel'
import { migrationEventDefinitions } from '@daybook/core/migration'
import { groupEventDefinitions, personAsks, personCommandSchemas, personEventDefinitions } from '@daybook/core/person'
import { policyEventDefinitions } from '@daybook/core/policy'
import { registryEventDefinitions } from '@daybook/core/registry'
import { remittanceEventDefinitions } from '@daybook/core/remittance'
import {
  type BackupReport,
  type Book,
  type DayReport,
  describeRules,
  type MoveReport,
  openDaybook,
  presets,
  type StatementReply,
} from 'daybook'
import { root } from './tool.ts'

/** The words above each declaration, by what is declared: the schemas say what a field is, its author what it means. */
const meanings = new Map<string, { readonly words: string; readonly place: string }>()
for (const path of globSync('packages/core/src/**/*.ts', { cwd: root })) {
  const text = readFileSync(join(root, path), 'utf8')
  const declared =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const \w+ = (?:event\(\s*'(\w+)'|z\.strictObject\(\{\s*type: z\.literal\('(\w+)'\))/g
  for (const [, comment = '', event, command] of text.matchAll(declared)) {
    const words = comment
      .replace(/^\s*\* ?/gm, '')
      .replace(/\s+/g, ' ')
      .trim()
    meanings.set(event ?? command ?? '', {
      words,
      place: path.replace('packages/core/src/', '').split('/').slice(0, -1).join('/'),
    })
  }
}

const units: Readonly<Record<LeafClass, string>> = {
  financial: 'cents',
  date: 'civil day',
  count: 'number',
  code: 'code or text',
  id: 'id',
  phi: 'personal (health)',
  pii: 'personal',
}

type Leaf = ReturnType<typeof leavesOf>[number]

/** What of a schema says what it takes. */
interface Taken {
  readonly type: string
  readonly entries?: Readonly<Record<string, string | number>>
  readonly values?: readonly unknown[]
}

/** What a field takes: the words of it where there are some only, else what its class is counted in. */
const taken = ({ class: leafClass, schema }: Leaf): string => {
  const def: Taken = schema._zod.def
  if (def.type === 'enum') return Object.values(def.entries ?? {}).join(', ')
  if (def.type === 'literal') return (def.values ?? []).map(String).join(', ')
  if (def.type === 'boolean') return 'true, false'
  if (leafClass !== undefined) return units[leafClass]
  return def.type === 'string' ? 'text' : def.type === 'number' ? 'number' : ''
}

interface Described {
  readonly type: string
  readonly schema: Parameters<typeof leavesOf>[0]
}

const section = ({ type, schema }: Described, decides: string): string => {
  const fields = leavesOf(schema)
    .filter(({ path }) => path !== 'type')
    .map((leaf) => {
      const { path, class: leafClass, encryptable } = leaf
      return `| \`${path}\` | ${taken(leaf)} | ${leafClass ?? ''}${encryptable ? ', may be encrypted' : ''} |`
    })
  const rows = fields.length > 0 ? ['', '| field | unit, or one of | class |', '|---|---|---|', ...fields] : []
  return [`### ${type}`, '', meanings.get(type)?.words ?? '', '', decides, ...rows, ''].join('\n')
}

const placeOf = (type: string): string => meanings.get(type)?.place ?? ''

const eventPage = (): string => {
  const all = [
    ...accountEventDefinitions,
    ...remittanceEventDefinitions,
    ...depositEventDefinitions,
    ...personEventDefinitions,
    ...groupEventDefinitions,
    ...policyEventDefinitions,
    ...delegationEventDefinitions,
    ...registryEventDefinitions,
    ...migrationEventDefinitions,
    ...accessEventDefinitions,
  ]
  const byPlace = Map.groupBy(all, ({ type }) => placeOf(type))
  return [
    '# Events',
    '',
    'Written by `npm run reference` from the schemas. `?` may be absent, `[]` is each member of a list (`[1..]` of one that is not',
    'empty), `(name)` one form of several. Every event has `effectiveDate` too, the civil day from which it counts. Amounts are',
    'integer cents; personal fields may be stored encrypted.',
    '',
    ...[...byPlace]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([place, events]) => [
        `## ${place}`,
        '',
        ...events.map(({ type, schema, version }) =>
          section({ type, schema }, `Version ${version}; decided by \`${place}\`.`),
        ),
      ]),
  ].join('\n')
}

const commandPage = (): string => {
  const all = [...accountCommandSchemas, ...personCommandSchemas, ...depositCommandSchemas].map((schema) => ({
    schema,
    type: String(schema.shape.type.value),
  }))
  const byPlace = Map.groupBy(all, ({ type }) => placeOf(type))
  return [
    '# Commands',
    '',
    'Written by `npm run reference` from the schemas. What `book.execute`, `book.executeOnPerson` (those of `person`), `book.deposit`',
    '(those of `deposit`) and `daybook command` take: plain strings and numbers.',
    'Amounts are integer cents, days `YYYY-MM-DD`. A field without a class is a value of a command alone. A command that asks is',
    'refused by every rule that stands against it; one that reports is recorded, and what rules say of it are warnings.',
    '',
    ...[...byPlace]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([place, commands]) => [
        `## ${place}`,
        '',
        ...commands.map(({ type, schema }) => {
          const imported = (importCommands as readonly string[]).includes(type) ? ' Given by imports alone.' : ''
          const asks =
            asksOrReports[type as keyof typeof asksOrReports] === 'asks' || personAsks.some((one) => one === type)
          const kind = asks ? 'Asks' : 'Reports'
          return section({ type, schema }, `${kind}; decided by \`${place}\`.${imported}`)
        }),
      ]),
  ].join('\n')
}

/** A day that brought something: the practice has no plans or promises. */
const exampleDay: DayReport = {
  date: '2026-11-21',
  dryRun: false,
  plans: 1,
  promises: 1,
  drafts: 1,
  statements: 1,
  letters: 1,
  likenesses: 1,
  steps: [
    {
      account: 'id',
      statement: true,
      outcome: 'waits',
      events: [],
      hits: [{ rule: 'r', reason: 'r', citation: 'c', jurisdiction: 'j', requiredAction: 'a' }],
    },
    { account: 'id', person: 'id', outcome: 'done', events: ['PersonLikenessHinted'] },
    { account: 'id', letter: 'refund', outcome: 'done', events: ['CorrespondenceIssued'] },
    { account: 'id', guarantor: 'name', promise: 'id', outcome: 'done', events: ['PromiseBroken'] },
    { account: 'id', guarantor: 'name', plan: 'id', outcome: 'done', events: ['InstalmentMissed'] },
    {
      account: 'id',
      plan: 'id',
      outcome: 'refused',
      events: [],
      hits: [{ rule: 'r', reason: 'r', citation: 'c', jurisdiction: 'j' }],
    },
  ],
}

/** The practice is in memory, and in no file. */
const exampleBackup: BackupReport = { path: 'copy.db', events: 1, bytes: 1, head: '@1:0', key: 'copy.db.key' }

const exampleMove: MoveReport = { to: 'book.log', origin: 'log-0', events: 1, before: 0, head: '@1:0' }

/** Each place of a JSON value with the kinds of values that were seen there. */
const placesOf = (value: unknown, path: string, found: Map<string, Set<string>>): void => {
  const add = (kind: string): void => {
    found.set(path, (found.get(path) ?? new Set()).add(kind))
  }
  // JSON has no such place.
  if (value === undefined) return
  if (Array.isArray(value)) {
    add('list')
    for (const one of value) placesOf(one, `${path}[]`, found)
  } else if (typeof value === 'object' && value !== null) {
    if (path !== '') add('object')
    for (const [name, one] of Object.entries(value)) placesOf(one, path === '' ? name : `${path}.${name}`, found)
  } else add(value === null ? 'null' : typeof value)
}

const shapeOf = (title: string, values: readonly unknown[]): string => {
  const found = new Map<string, Set<string>>()
  for (const value of values) placesOf(value, '', found)
  const rows = [...found].map(([path, kinds]) => `| \`${path || '(whole)'}\` | ${[...kinds].sort().join(' or ')} |`)
  return [`## ${title}`, '', '| place | value |', '|---|---|', ...rows, ''].join('\n')
}

/** Somebody who stands behind an account, with all that a page about a person has. */
const personOf = async (book: Book, account: string): Promise<{ readonly person: string }> => {
  const person = '0197ab12-0000-7000-8000-000000000001'
  const on = '2026-11-01'
  await book.openPerson({ person, account, name: 'name', on })
  const place = 'home'
  const given = [
    { type: 'RecordDatum', on, datum: 'd1', kind: 'phone', value: '2125550101', place, source: 'person' },
    { type: 'RecordDatum', on, datum: 'd2', kind: 'address', value: '1 Main St', state: 'MA', place, source: 'person' },
    { type: 'ConfirmDatum', on, datum: 'd2', by: 'mail' },
    { type: 'RecordReturnedMail', on, datum: 'd2' },
    { type: 'RevokeConsent', on, datum: 'd1', channel: 'text', scope: 'billing', means: 'stopWord' },
    { type: 'RetireDatum', on: '2026-12-01', datum: 'd2', because: 'moved' },
    { type: 'NoteLanguage', on, language: 'so' },
    { type: 'FlagVulnerability', on, kind: 'illness' },
    { type: 'NameSpokesperson', on, as: 'spouse', name: 'name', by: 'person' },
    { type: 'RecordComplaint', on, topic: 'calls', about: 'too often' },
    { type: 'RecordCallAttempt', account, datum: 'd1', outcome: 'noAnswer', at: '2026-11-20T18:00:00.000Z' },
    { type: 'RecordCallAttempt', account, datum: 'd1', outcome: 'noAnswer', at: '2026-11-21T15:00:00.000Z' },
  ] as const
  for (const command of given) await book.executeOnPerson(person, command)
  return { person }
}

/** A document that was made, as it is printed. */
const exampleReply: Omit<StatementReply, 'account' | 'content'> = {
  text: 'text',
  html: 'page',
  document: 'id',
  asPrinted: true,
  deliveries: [{ stage: 'sent', on: '2026-11-20', reference: 'job 7' }],
}

/** What the desk does once in a while: a claim of its own that is not taken, a payer's money sent back, another's work. */
const laterAnswers = async (
  book: Book,
  {
    account,
    folder,
    held,
  }: {
    readonly account: string
    readonly folder: string
    readonly held: readonly { readonly remittance: string; readonly standing: string }[]
  },
) => {
  const on = '2026-11-20'
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.837'))
  const text = readFileSync(join(folder, file), 'utf8')
  // The first claim again, of another charge: it is held.
  await book.importContent(text.replace(/(CLM\*[^*]*\*)\d+/, '$11').replace(/(SV1\*[^*]*\*)\d+/, '$11'))
  const [claim] = (await book.worklist({ queue: 'heldClaims' })).items
  const dismissed = await book.dismiss(claim?.submission ?? '', {
    claim: Number(claim?.subject),
    reason: 'sent in error',
  })
  const over = held.filter(({ standing }) => standing === 'held').at(-1)?.remittance ?? ''
  const released = await book.release(over, { reason: 'paid too much', account: 'refundsPayable' })
  const refunded = await book.refund(over, { reason: 'theirs', method: 'check', reference: '1042' })
  await book.execute(account, { type: 'AssignWork', on, to: 'anna' })
  const delegated = await book.delegate({
    from: 'anna',
    to: 'ben',
    until: '2026-12-31',
    reason: 'away',
    actor: { id: 'anna' },
  })
  const handedOver = await book.handOver({ from: 'anna', to: 'carl', dryRun: true })
  const notMade = await book.execute(account, {
    type: 'IssueLetter',
    on: await book.today(),
    letter: { about: 'complaint', complaint: 'c1', answer: 'we have looked at it' },
  })
  return { dismissed, released, refunded, delegated, handedOver, notMade }
}

const jsonPage = async (book: Book): Promise<string> => {
  const folder = join(root, 'examples', 'practice')
  const files = readdirSync(folder)
    .filter((name) => /\.8\d\d$/.test(name))
    .sort()
    .map((name) => join(folder, name))
  const report = await book.importPaths(files, { openMissing: true })
  const { items } = await book.worklist()
  const accounts = [...new Set(items.flatMap(({ account }) => account ?? []))].slice(0, 40)
  const each = async <A>(ask: (account: string) => Promise<A>): Promise<readonly A[]> => {
    const answers: A[] = []
    for (const account of accounts) answers.push(await ask(account))
    return answers
  }
  const account = accounts[0] ?? ''
  const pay = { type: 'PostPayment', on: '2026-11-10', amount: 1_000, tender: 'check' } as const
  const receipts = [
    await book.execute(account, pay, { commandId: 'pay' }),
    await book.execute(account, { type: 'PlaceAccount', on: '2026-11-20', agency: 'acme', kind: 'primary' }),
  ]
  const held = (await book.remittances({ standing: 'held' })).items
  const histories = await each((id) => book.history(id))
  const rejected = await book.reject(held.find(({ standing }) => standing === 'held')?.remittance ?? '', {
    reason: 'another comes',
  })
  const { person } = await personOf(book, account)
  const contact = await book.executeOnPerson(person, { type: 'RecordMessage', account, medium: 'mail', letterLevel: 1 })
  const note = await book.execute(account, { type: 'AddNote', on: '2026-11-20', summary: 'asked for the bill again' })
  const on = '2026-11-12'
  const of = (reference: string, amount: number) => ({ type: 'RecordDeposit', on, reference, amount }) as const
  const deposits = [
    await book.deposit({ ...of('SLIP 44', 985), parts: [{ kind: 'batch', batch: 'B-1' }] }),
    await book.deposit({
      ...of('TRACE 1', 100_000),
      parts: [{ kind: 'remittance', remittance: held.find(({ standing }) => standing !== 'held')?.remittance ?? '' }],
    }),
  ]
  const more = await laterAnswers(book, { account, folder, held })
  const may = [
    await book.may({ account, by: 'call' }),
    await book.may({ account, by: 'text' }),
    await book.may({ account: accounts[1] ?? '', by: 'mail' }),
  ]
  return [
    '# The JSON of the command line',
    '',
    'Written by `npm run reference`: what `--json` printed for the practice of `examples/practice`, place by place, with the kinds of',
    'values that were seen. Money is integer cents, days are ISO. A place that is not here did not occur in it; the types of the',
    'library (`ImportReport`, `Aging`, `Worklist` …) name all. Places are added, and none is taken away without a line in the changelog.',
    '',
    shapeOf('daybook import', [report]),
    shapeOf('daybook aging', [await book.aging({ accounts: true }), await book.aging({ by: 'payer', accounts: true })]),
    shapeOf('daybook accounts-control', [await book.controlAccounts()]),
    shapeOf('daybook cash', [await book.cash({ from: '2026-01-01' })]),
    shapeOf('daybook deposit', deposits),
    shapeOf('daybook worklist', [await book.worklist()]),
    shapeOf('daybook accounts', [await book.accounts({ limit: 100 })]),
    shapeOf('daybook account', await each((id) => book.account(id))),
    shapeOf('daybook history', [
      ...histories,
      await book.history(person),
      ...(await Promise.all(held.map(({ remittance }) => book.history(remittance)))),
    ]),
    shapeOf('daybook explain', await each((id) => book.explain(id))),
    shapeOf('daybook release, daybook reject, daybook refund', [rejected, more.released, more.refunded]),
    shapeOf('daybook dismiss', [more.dismissed]),
    shapeOf(
      'daybook command',
      receipts.map((answer) => ({ file: 'a.json', number: 1, account: 'id', type: 'PostPayment', ...answer })),
    ),
    shapeOf('daybook contact', [{ account, person, ...contact }]),
    shapeOf('daybook note', [{ account, ...note }]),
    shapeOf('daybook may', may),
    shapeOf('daybook person', [await book.person(person)]),
    shapeOf('daybook statement', [
      ...(await each((id) => book.statement({ account: id }))),
      { document: 'id', asPrinted: true, deliveries: [{ stage: 'sent', on: '2026-11-20', reference: 'job 7' }] },
    ]),
    shapeOf('daybook statement --csv', [
      { ...(await book.statementFile()), documents: [{ account: 'id', document: 'id' }] },
    ]),
    shapeOf('daybook letter', [
      { ...exampleReply, account, content: (await book.statement({ account })).content },
      { account, ...more.notMade },
    ]),
    shapeOf('daybook delegate', [more.delegated, { delegations: await book.delegations() }]),
    shapeOf('daybook hand-over', [more.handedOver]),
    shapeOf('daybook accesses', [await book.accesses({ limit: 100 })]),
    shapeOf('daybook disclosures', [await book.disclosures({ account })]),
    shapeOf('daybook rules', [describeRules()]),
    shapeOf('daybook check', [await book.check()]),
    shapeOf('daybook day', [await book.day({ dryRun: true }), exampleDay]),
    shapeOf('daybook backup', [exampleBackup]),
    shapeOf('daybook export, daybook import-log', [exampleMove]),
    shapeOf('daybook rebuild', [await book.rebuild()]),
  ].join('\n')
}

await using book = await openDaybook('memory:', {
  practice: presets.physicianPracticeMN,
  actor: 'reference',
  clock: () => new Date('2026-11-21T15:14:00.000Z'),
  secret: new Uint8Array(32).fill(7),
})
const pages = { 'events.md': eventPage(), 'commands.md': commandPage(), 'command-line.md': await jsonPage(book) }
const folder = join(root, 'docs', 'reference')
mkdirSync(folder, { recursive: true })
let stale = false
for (const [name, text] of Object.entries(pages)) {
  const whole = `${text.trimEnd()}\n`
  const path = join(folder, name)
  if (!process.argv.includes('--check')) writeFileSync(path, whole)
  else if (readFileSync(path, 'utf8') !== whole) {
    console.error(`reference: docs/reference/${name} is not current: npm run reference`)
    stale = true
  }
}
if (stale) process.exit(1)
