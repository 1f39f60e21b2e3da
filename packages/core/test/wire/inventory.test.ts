import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { classificationOf } from '../../src/kernel/inventory.ts'
import { everyEvent, inventoryPage } from '../../src/testing/index.ts'

const rows = classificationOf(everyEvent)
const named = (row: (typeof rows)[number]) => `${row.event} ${row.path}`

describe('what events hold (design §3.15)', () => {
  it('every leaf of every event has a class', () => {
    const advice =
      'Make it with phi(), pii(), freeText(), code(), oneOf(), flag(), count() … or classified(): kernel/classes.ts.'
    expect(rows.filter((row) => row.class === undefined).map(named), advice).toEqual([])
  })

  it('every personal leaf may be stored encrypted, and no other: books balance after shredding (law M8)', {
    tags: ['M8'],
  }, () => {
    const personal = (row: (typeof rows)[number]) => row.class === 'phi' || row.class === 'pii'
    expect(rows.filter((row) => personal(row) !== row.encryptable).map(named)).toEqual([])
    expect(rows.filter(personal).length).toBeGreaterThan(0)
  })

  it('what the books are folded from stays clear: effective days, effects and the other side', () => {
    const money = rows.filter(({ path }) => path === 'effectiveDate' || /^(effects|contra|opens)\[\]/.test(path))
    const clear = new Set(money.map((row) => row.class))
    expect(clear).toEqual(new Set(['date', 'id', 'code', 'financial']))
    expect(money.filter((row) => row.encryptable)).toEqual([])
  })

  it('names, birth days, sex, member ids and addresses of people are personal wherever they stand', () => {
    const field = /(^|\.)(last|first|middle|born|sex|memberId|city|postalCode)$|guarantor\.name$|address\.lines\[\]$/
    const open = rows.filter((row) => field.test(row.path) && !row.encryptable)
    expect(open.map(named)).toEqual([])
    expect(rows.filter((row) => field.test(row.path)).length).toBeGreaterThan(5)
  })

  it('words that people type are personal: nobody can promise what people type', () => {
    const typed = rows.filter((row) => /(^|\.)(reason|note|evidence|manual|override)$/.test(row.path))
    // A reason of a fixed list or a rule is no typed text.
    const listed = new Set([
      'AccountRecalled reason',
      'RemittanceClaimHeld reasons[].reason',
      'SubmittedClaimHeld reasons[].reason',
    ])
    expect(typed.filter((row) => row.class !== 'phi' && !listed.has(named(row))).map(named)).toEqual([])
  })

  it('docs/data-inventory.md is current: else `npm run inventory`', () => {
    const page = readFileSync(new URL('../../../../docs/data-inventory.md', import.meta.url), 'utf8')
    expect(page).toBe(inventoryPage())
  })
})
