// A small product on Daybook, all in one file: a desk that opens, finds, charges, imports, collects, plans and decides; with
// a view, a rule and a subscription of its own. The script `npm run newcomer` builds it outside the repository.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Aborted,
  type Accepted,
  type ActorInput,
  type Book,
  BookClosed,
  block,
  known,
  openDaybook,
  ownFacts,
  type Posted,
  pass,
  presets,
  type Refused,
  type ViewDefinition,
} from 'daybook'

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not as it should be: ${what}`)
}

/** The receipt of a command that must have written something. */
const posted = (answer: Accepted | Refused): Posted => {
  if (!answer.ok) throw new Error(answer.hits.map(({ rule, reason }) => `${rule}: ${reason}`).join('; '))
  if (answer.nothingToDo) throw new Error('there was nothing to do')
  return answer
}

// ── a rule of our own, with a fact of our own ───────────────────────────────────────────────────────────────────────

const clinic = ownFacts({
  'clinic.boardMember': {
    words: 'whether the guarantor sits on the board',
    find: ({ account }) => known(account.registration.guarantor?.name === 'Board Member'),
  },
})

const noBoardMembers = clinic.rule({
  id: 'CLINIC-1',
  version: 1,
  title: 'Board members are not sent to an agency',
  citation: 'Handbook of the clinic, 4.2',
  gates: ['placeAccount'],
  needs: ['clinic.boardMember'],
  judge: (facts) => (facts['clinic.boardMember'] ? block('the guarantor sits on the board') : pass),
})

// ── a view of our own ───────────────────────────────────────────────────────────────────────────────────────────────

interface Takings {
  readonly cents: number
  readonly payments: number
}

const takings: ViewDefinition<'PatientPaymentPosted', Takings> = {
  name: 'takings',
  version: 1,
  types: ['PatientPaymentPosted'],
  key: ({ event }) => event.receivedDate,
  apply: (before, { event }) => ({
    cents: (before?.cents ?? 0) + event.amount,
    payments: (before?.payments ?? 0) + 1,
  }),
}

const advice = Buffer.from(
  [
    'ISA*00*          *00*          *ZZ*SAMPLEPAYER    *ZZ*SAMPLECLINIC   *261102*0900*^*00501*000000101*0*T*:~',
    'GS*HP*SAMPLEPAYER*SAMPLECLINIC*20261102*0900*7*X*005010X221A1~',
    'ST*835*0001~',
    'BPR*I*100.00*C*ACH*CCP*01*111000025*DA*0012345678*1123456789**01*222000045*DA*9876543*20261102~',
    'TRN*1*TRACE0001*1123456789~',
    'N1*PR*SAMPLE HEALTH PLAN~',
    'N1*PE*SAMPLE CLINIC*XX*1234567893~',
    'LX*1~',
    'CLP*V1*1*200.00*100.00*20.00*12*PCN1*11*1~',
    'NM1*QC*1*POE*PAT****MI*M1~',
    'SVC*HC:99213*200.00*100.00**1~',
    'DTM*472*20261015~',
    'CAS*CO*45*80.00~',
    'CAS*PR*3*20.00~',
    'SE*13*0001~',
    'GE*1*7~',
    'IEA*1*000000101~',
  ].join(''),
)

/** A morning at the desk, through the book alone. */
const morning = async (book: Book): Promise<void> => {
  const rita: ActorInput = { id: 'rita', roles: ['rep'] }
  const mia: ActorInput = { id: 'mia', roles: ['manager'] }

  const { account } = await book.open({
    guarantor: { name: 'Jo Roe', born: '1980-02-01' },
    on: '2026-11-01',
    actor: rita,
  })
  const charge = {
    type: 'PostCharge',
    on: '2026-11-02',
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 30_000,
  } as const
  const charged = posted(await book.execute(account, charge, { commandId: 'charge-1', actor: rita }))
  const again = posted(await book.execute(account, charge, { commandId: 'charge-1', actor: rita }))
  must(again.repeated && again.lastPosition === charged.lastPosition, 'a charge sent again has its first receipt')

  const { items } = await book.accounts({ search: 'roe 1980-02-01', actor: rita })
  must(items[0]?.account === account && items[0].totals?.net === 30_000, 'the account is found by name and birth day')
  must((await book.accounts()).items.length === 1, 'one account is listed')

  const report = await book.importContent(advice, { name: 'november.835', openMissing: true, actor: rita })
  must(report.transactions[0]?.outcome === 'posted', 'the remittance is posted from a buffer')
  must((await book.remittances({ standing: 'held' })).items.length === 0, 'nothing of it is held')

  const paid = posted(
    await book.execute(
      account,
      { type: 'PostPayment', on: '2026-11-10', amount: 10_000, tender: 'check' },
      { actor: rita },
    ),
  )
  must((await book.payments()).items[0]?.payment === paid.ids.payment, 'the payment is listed under its id')
  const terms = { divide: { instalments: 3 }, firstDue: '2026-12-01', writtenAgreement: false }
  const { plan = '' } = posted(await book.execute(account, { type: 'ProposePlan', on: '2026-11-11', ...terms })).ids
  posted(await book.execute(account, { type: 'AcceptPlan', on: '2026-11-12', plan }))
  must((await book.plans({ status: 'active' })).items[0]?.schedule.length === 3, 'the plan has its schedule')

  const held = await book.importContent(
    advice.toString().replaceAll('100.00*C', '250.00*C').replaceAll('TRACE0001', 'TRACE0002'),
  )
  const id = held.transactions[0]?.remittance ?? ''
  must((await book.remittances({ standing: 'held' })).items[0]?.remittance === id, 'what does not add up is held')
  const released = await book.reject(id, { reason: 'the payer sends another', actor: mia })
  must(released.ok && released.outcome === 'rejected', 'somebody else turns it away')
  must((await book.history(id)).events.at(-1)?.actor === 'mia', 'the decision has their name')

  must((await book.view(takings).get('2026-11-10'))?.cents === 10_000, 'the view of our own has the payment')

  const board = await book.open({ guarantor: { name: 'Board Member', born: '1970-01-01' }, on: '2026-05-01' })
  posted(await book.execute(board.account, { ...charge, on: '2026-05-02', visit: 'v2', line: 'l2' }))
  const place = { type: 'PlaceAccount', on: '2026-11-20', agency: 'acme', kind: 'primary' } as const
  const refused = await book.execute(board.account, place, { actor: mia })
  must(!refused.ok && refused.hits.some(({ rule }) => rule === 'CLINIC-1'), 'the rule of our own refuses')
}

const folder = mkdtempSync(join(tmpdir(), 'daybook-product-'))
try {
  const book = await openDaybook(`sqlite:${join(folder, 'clinic.db')}`, {
    practice: presets.physicianPracticeMN,
    actor: 'product',
    clock: () => new Date('2026-11-21T15:00:00.000Z'),
    rules: [noBoardMembers],
    facts: clinic.facts,
  })
  const seen: string[] = []
  const watching = (async () => {
    for await (const { event } of book.subscribe({ types: ['ChargePosted', 'PatientPaymentPosted'], every: 20 })) {
      seen.push(event.type === 'ChargePosted' ? event.code : event.tender)
    }
  })()
  await morning(book)

  // Shut down under load: what runs comes to its end, what comes later is told, and nothing is half done.
  const { account } = await book.open({ guarantor: { name: 'Busy Body' }, on: '2026-11-01' })
  const orders = Array.from({ length: 50 }, (_, at) =>
    book.execute(account, {
      type: 'PostCharge',
      on: '2026-11-02',
      visit: 'v9',
      line: `n${at}`,
      code: '99212',
      amount: 100,
    }),
  )
  const stop = new AbortController()
  stop.abort()
  const stopped = await book
    .until(stop.signal)
    .aging()
    .catch((error: unknown) => error)
  must(stopped instanceof Aborted, 'a signal ends a call with its own error')
  while (seen.length < 4) await new Promise((resolve) => setTimeout(resolve, 20))
  const closing = book.close()
  const late = await book.aging().catch((error: unknown) => error)
  must(late instanceof BookClosed, 'a closed book takes no more calls')
  must(
    (await Promise.all(orders)).every(({ ok }) => ok),
    'every order that was taken is done',
  )
  await closing
  await watching

  await using reopened = await openDaybook(`sqlite:${join(folder, 'clinic.db')}`, { actor: 'product' })
  const summary = await reopened.account(account)
  must(!summary.beforeTheBooks && summary.totals.net === 5_000, 'all fifty charges are in the book')
  must((await reopened.check()).findings.length === 0, 'the books balance')
  console.log(`A morning at the desk: ${seen.slice(0, 4).join(', ')}; the books balance.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
