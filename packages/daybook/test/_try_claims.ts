import { readFileSync } from 'node:fs'
import { readX12 } from '@daybook/adapters/x12'
import { receiveRemittance, loadAccount } from '@daybook/core/service'
import { remittanceCodec } from '@daybook/core/remittance'
import * as Effect from 'effect/Effect'
import { memoryDesk } from './support/desk.ts'
const root = '../shared/data/'
const exp = JSON.parse(readFileSync(root + 'EXPECTED-835.json', 'utf8')).files
let bad = 0
for (const [file, e] of Object.entries<any>(exp)) {
  if (process.argv[2] && !file.includes(process.argv[2])) continue
  const desk = await memoryDesk()
  let t = 0
  for await (const tx of readX12(readFileSync(root + file))) {
    if (tx.kind !== '835' || !tx.document) { console.log(file, tx.kind, tx.problems); continue }
    const want = e.transactions[t++]
    const r = await Effect.runPromise(receiveRemittance(desk, tx.document, { openMissing: true }))
    if (process.argv[2]) for (const id of r.accounts) for (const ev of await Effect.runPromise(desk.service.store.readStream("account-"+id,{after:-1,limit:100}))) console.log(ev.type, ev.effectiveDate, ev.data.slice(0,700))
    // control
    const control: Record<string, number> = {}
    let coverage = 0, patient = 0
    for (const id of r.accounts) {
      const a = await Effect.runPromise(loadAccount(desk, id))
      for (const [k, v] of a.ledger.control) control[k.split(':')[0] === 'providerAdjustment' ? k : k.split(':')[0]!] = (control[k.split(':')[0]!] ?? 0) + v
      for (const l of a.ledger.layers.values()) if (l.party === 'patient') patient += l.active; else coverage += l.active
    }
    const evs = await Effect.runPromise(desk.service.store.readStream('remittance-' + r.remittanceId, { after: -1, limit: 1000 }))
    for (const ev of evs) { const d: any = remittanceCodec.decode(ev); for (const c of d.contra ?? []) { const k = c.account.startsWith('providerAdjustment') ? c.account : c.account.split(':')[0]; control[k] = (control[k] ?? 0) + c.amount } }
    const alias: any = { interestIncome: 'interest' }
    const got: any = {}
    for (const [k, v] of Object.entries(control)) if (v) got[alias[k] ?? k] = v
    const wantControl = { ...want.control }
    if (wantControl.payerClearing) wantControl.payerClearing = wantControl.payerClearing
    const norm = (o: any) => JSON.stringify(Object.fromEntries(Object.entries(o).sort()))
    const ok = norm(got) === norm(wantControl) && r.outcome === want.verdict && coverage === want.receivable.coverage + want.receivable.next && patient === want.receivable.patient
    if (!ok) { bad++; console.log('DIFF', file, r.outcome, want.verdict, '\n got', norm(got), coverage, patient, '\n want', norm(wantControl), JSON.stringify(want.receivable)); console.log(JSON.stringify(r.held).slice(0, 1500), r.reasons, r.differences) }
    else console.log('ok', file)
  }
}
console.log('bad', bad)
