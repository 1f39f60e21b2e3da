import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { toDay } from '@daybook/core/kernel'
import { deskOf, printDesk } from './desk.ts'
import { generatePractice } from './generate.ts'
import { printPractice } from './print.ts'

// npm run bench:practice -- --seed 20261121 --claims 150 --out examples/practice

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261121' },
    claims: { type: 'string', default: '150' },
    from: { type: 'string', default: '2026-02-16' },
    to: { type: 'string', default: '2026-11-20' },
    out: { type: 'string' },
  },
})
const seed = Number(values.seed)
const claims = Number(values.claims)
if (values.out === undefined || !Number.isSafeInteger(seed) || !Number.isSafeInteger(claims) || claims < 1) {
  console.error('usage: npm run bench:practice -- --out DIR [--seed N] [--claims N] [--from DAY] [--to DAY]')
  process.exit(2)
}
const out = values.out
mkdirSync(out, { recursive: true })
for (const old of readdirSync(out)) if (/\.83[57]$/.test(old)) rmSync(join(out, old))
const practice = generatePractice({ seed, claims, from: toDay(values.from), to: toDay(values.to) })
let bytes = 0
for (const { name, text } of printPractice(practice)) {
  writeFileSync(join(out, name), text)
  bytes += text.length
}
const desk = printDesk(deskOf(practice, seed, toDay(values.to)))
writeFileSync(join(out, 'desk.jsonl'), desk)
bytes += desk.length
const verdicts = practice.oracle.transactions.map(({ verdict }) => verdict)
const count = (verdict: string) => verdicts.filter((each) => each === verdict).length
console.log(
  `${practice.files.length} files, ${claims} visits, ${Math.round(bytes / 1_024)} KiB in ${out}: ` +
    `${verdicts.length} payments (posted ${count('posted')}, partial ${count('partial')}, held ${count('held')}, ` +
    `duplicate ${count('duplicate')})`,
)
