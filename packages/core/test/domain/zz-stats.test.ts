import fc from 'fast-check'
import { it } from 'vitest'
import { fromIntegers, randomHistory, violationsOf } from '../../src/testing/index.ts'
import { office } from '../support/desk.ts'
it('stats', () => {
  const events: Record<string, number> = {}
  const cmds: Record<string, [number, number]> = {}
  const hits: Record<string, number> = {}
  let n = 0, steps = 0
  const samples = fc.sample(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 400, size: 'max' }), 600)
  const bad: Record<string, number> = {}
  for (const s of samples) {
    const h = randomHistory(fromIntegers(s), { office })
    n++
    for (const v of violationsOf(h, office)) { const k=v.law+' '+v.message.replace(/[0-9.,−]+/g,'#'); bad[k] = (bad[k] ?? 0) + 1 }
    for (const st of h.steps) {
      steps++
      const c = (cmds[st.command.type] ??= [0, 0])
      c[st.decision.ok ? 0 : 1]++
      if (st.decision.ok) for (const e of st.decision.events) events[e.type] = (events[e.type] ?? 0) + 1
      else for (const x of st.decision.hits) { const k=`${st.command.type} ${x.rule}`; hits[k] = (hits[k] ?? 0) + 1; if (x.rule==='AR-01') console.log(x.reason) }
    }
  }
  console.log(n, steps, events, cmds, hits, bad)
}, 60000)
