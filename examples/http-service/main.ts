// With PORT the service runs until it is told to stop (SIGTERM): PORT=8080 node main.ts. Without, it tries itself: on a
// free port, a few calls as a desk would make them, and an orderly end.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { openDaybook, presets } from 'daybook'
import { serviceOn } from './service.ts'

const port = Number(process.env['PORT'] ?? 0)
const book = await openDaybook(process.env['DAYBOOK_DB'] ?? 'memory:', {
  practice: presets.physicianPracticeMN,
  actor: 'service',
})
const server = serviceOn(book)
server.listen(port, '127.0.0.1')
await once(server, 'listening')
const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
console.log(`listening at ${at}`)

/** No more calls; those that run come to their end; then the book is closed, which ends the subscriptions. */
const stop = async (): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  await book.close()
  server.closeIdleConnections()
  await closed
}

/** As much of the answers as is looked at here. */
interface Answer {
  readonly account?: string
  readonly repeated?: boolean
  readonly items?: readonly { readonly totals?: { readonly net: number } }[]
}

const call = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
  const response = await fetch(`${at}${path}`, {
    method,
    headers: { 'x-actor': 'rita', 'x-roles': 'rep', connection: 'close', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    // A service that does not answer at all is as wrong as one that answers otherwise.
    signal: AbortSignal.timeout(30_000),
  })
  // What the service sends is for its caller to know.
  const answer: unknown = await response.json()
  return { status: response.status, body: answer as Answer }
}

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not as it should be: ${what}`)
}

if (port !== 0) process.on('SIGTERM', () => void stop())
else {
  const opened = await call('POST', '/accounts', { guarantor: { name: 'Jo Roe', born: '1980-02-01' } })
  const { account } = opened.body
  const charge = { type: 'PostCharge', on: '2026-11-02', visit: 'v1', line: 'l1', code: '99213', amount: 12_500 }
  const key = { 'idempotency-key': 'charge-1' }
  const first = await call('POST', `/accounts/${account}/commands`, charge, key)
  const again = await call('POST', `/accounts/${account}/commands`, charge, key)
  must(first.status === 200 && again.body.repeated === true, 'a charge sent again has its first receipt')
  const found = await call('GET', '/accounts?search=roe')
  must(found.body.items?.[0]?.totals?.net === 12_500, 'the account is found, with what it owes')
  const giveUp = {
    type: 'WriteOff',
    on: '2026-11-02',
    visit: 'v1',
    party: 'patient',
    category: 'courtesy',
    reason: 'asked',
  }
  must(
    (await call('POST', `/accounts/${account}/commands`, giveUp)).status === 422,
    'a refusal is a 422 with every reason',
  )
  must((await call('POST', `/accounts/${account}/commands`, { type: 'Nothing' })).status === 400, 'no command is a 400')
  must(
    (await call('GET', '/accounts/0197a000-0000-7000-8000-000000000000')).status === 404,
    'an unknown account is a 404',
  )
  must((await call('GET', '/aging', undefined, { 'x-actor': '' })).status === 401, 'nobody gets no answer')
  must(
    (await call('POST', '/imports?name=nothing.835', 'not X12')).status === 200,
    'what an upload holds is in the report',
  )
  // A role that is dropped would show a vendor what nobody without a role is kept from.
  const asked = (roles: string) => call('GET', `/accounts/${account}`, undefined, { 'x-roles': roles })
  must((await asked('rep')).status === 200, 'a representative sees the account')
  must((await asked('vendor')).status === 403, 'a vendor is told that the whole account is not theirs to see')
  must((await asked('boss')).status === 400 && (await asked('rep,boss')).status === 400, 'a role that is none is a 400')
  must((await call('POST', '/accounts', {}, { 'x-roles': 'auditor' })).status === 400, 'who only looks writes nothing')
  for (const path of ['/accounts/%E0%A4%A', '//'])
    must((await call('GET', path)).status === 400, `${path} is a mistake of the caller`)
  must(
    (await call('GET', '/events', undefined, { 'last-event-id': 'x' })).status === 400,
    'events go on behind a number',
  )
  const keeping = { connection: 'keep-alive' }
  must((await call('POST', '/accounts', 'Z'.repeat(2_000_000), keeping)).status === 413, 'a long body is a 413')
  for (let n = 0; n < 3; n += 1)
    must((await call('GET', '/aging', undefined, keeping)).status === 200, 'who goes on after a 413 gets answers')
  const events = await fetch(`${at}/events`, { headers: { 'x-actor': 'rita', 'last-event-id': '1' } })
  const reader = events.body?.getReader()
  const piece = await reader?.read()
  must(new TextDecoder().decode(piece?.value).startsWith('id: 2\n'), 'events come behind the last one that was seen')
  await reader?.cancel()
  await stop()
  console.log('the service answers, refuses, streams and stops')
}
