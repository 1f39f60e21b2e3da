import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { memoryEventStore } from '@daybook/adapters/memory'
import { sqliteEventStore } from '@daybook/adapters/sqlite'
import { receiveRemittance, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { deskOn } from './.desk-mine.ts'
import { singlePayment } from './practice/single-payment.ts'

const n = Number(process.argv[2] ?? 5000),
  mode = process.argv[3] ?? 'missing',
  kind = process.argv[4] ?? 'sqlite'
const dir = mkdtempSync('/tmp/bench-')
const program = Effect.gen(function* () {
  const store = kind === 'sqlite' ? yield* sqliteEventStore({ path: join(dir, 'a.db') }) : yield* memoryEventStore()
  const desk = deskOn(store)
  const { advice, submitted } = singlePayment(1, n)
  if (mode === 'known') {
    const s = performance.now()
    yield* submitClaims(desk, {
      controlNumber: '1',
      version: '005010X222A1',
      reference: 'a',
      purpose: '00',
      claims: [...submitted],
    })
    console.log('837', (n / ((performance.now() - s) / 1000)).toFixed(0), 'claims/s')
    ;(desk.service as any).cache = new (desk.service.cache.constructor as any)()
  }
  const c0 = 'commits' in store ? (store as any).commits() : 0
  const h0 = (yield* store.head).position
  const u0 = process.cpuUsage()
  const s = performance.now()
  const report = yield* receiveRemittance(desk, advice, { openMissing: mode === 'missing' })
  const t = performance.now() - s
  const u = process.cpuUsage(u0)
  console.log(
    'cpu ms',
    (u.user / 1000).toFixed(0),
    'sys',
    (u.system / 1000).toFixed(0),
    'cpu µs/claim',
    ((u.user + u.system) / n).toFixed(0),
  )
  const h1 = (yield* store.head).position
  console.log(
    mode,
    kind,
    n,
    'claims',
    t.toFixed(0),
    'ms',
    ((n / t) * 1000).toFixed(0),
    'claims/s',
    report.outcome,
    report.postedClaims,
    'events',
    h1 - h0,
    'commits',
    'commits' in store ? (store as any).commits() - c0 : '-',
  )
})
await Effect.runPromise(Effect.scoped(program))
