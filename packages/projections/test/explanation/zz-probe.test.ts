import fc from 'fast-check'
import { it } from 'vitest'
import { toDay } from '@daybook/core/kernel'
import { explain } from '../../src/explanation/index.ts'
import { historyOf } from '../../src/history/index.ts'
import { recorded } from '../history/book.ts'
import { arbReachable } from './decided-account.ts'
it('probe', () => {
  const types = new Map<string, number>(); const words = new Map<string, number>(); const other = new Map<string, unknown>()
  const says: string[] = []; const hist = new Set<string>()
  for (const events of fc.sample(arbReachable, 400)) {
    for (const e of events) types.set(e.type, (types.get(e.type) ?? 0) + 1)
    const r = recorded(events)
    for (const h of historyOf(r)) if (!hist.has(h.type) || Math.random() < 0.002) { hist.add(h.type); console.log(h.what) }
    for (const l of explain(r, toDay('2099-01-01')).lines) { says.push(l.says)
      for (const p of l.parties) for (const part of p.parts) { words.set(part.kind + ' ' + part.words, (words.get(part.kind + ' ' + part.words) ?? 0) + 1); if (part.kind === 'other') other.set(part.words, l.says) } }
  }
  console.log(types, words, other)
  console.log(says.sort((a, b) => b.length - a.length).filter((_, i) => i % Math.ceil(says.length / 30) === 0).join('\n'))
})
