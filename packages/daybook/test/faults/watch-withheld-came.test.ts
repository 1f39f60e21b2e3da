import { describe, expect, it } from 'vitest'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

// Fault watch-9: what a payer kept beside the claims of an advice (PLB E3), and sends by a check of its own, ends on the advice: cash
// once, under a name that a line of the bank's statement has, and the item is done.

const text = remittanceText({ paid: '144.00', more: ['PLB*1234567893*20261231*E3:YEAR*6.00'] })

/** 6.00 kept beside the claims of an advice of 2 November. */
const kept = async () => {
  let today = '2026-11-05'
  const book = await openTestBook('memory:', { clock: () => new Date(`${today}T15:14:00.000Z`) })
  await book.importContent(text, { name: 'advice.edi', openMissing: true })
  today = '2026-11-21'
  const [{ remittance } = { remittance: '' }] = (await book.remittances()).items
  const work = async (asOf?: string) => {
    const { items, waiting } = await book.worklist({ queue: 'payerAccounts', ...(asOf ? { asOf } : {}) })
    return [...items, ...waiting].reduce((sum, { amount }) => sum + amount, 0)
  }
  const balances = async () => {
    const { accounts } = await book.controlAccounts()
    const of = (name: string) => accounts.find(({ account }) => account.split(':', 1)[0] === name)?.balance ?? 0
    return { cash: of('cash'), kept: of('withholdReceivable') }
  }
  const came = (withheld: object, more: object = {}) =>
    book.release(remittance, {
      reason: 'the year is settled',
      withheld: { by: 'check', ...withheld },
      ...more,
    } as never)
  const rules = async (answer: ReturnType<typeof came>) => {
    const given = await answer
    return given.ok ? [] : given.hits.map(({ rule }) => rule)
  }
  return { book, remittance, work, balances, came, rules }
}

describe('watch-9 what was kept beside the claims comes by a check of its own', () => {
  it('watch-9 cash once, and the item ends on that day and not before', async () => {
    const { book, work, balances, came } = await kept()
    expect(await balances()).toEqual({ cash: 14_400, kept: 600 })
    expect(await work()).toBe(600)
    expect(await came({ amount: 200, reference: '7001', on: '2026-11-18' })).toMatchObject({ ok: true })
    expect(await work()).toBe(400)
    expect(await came({})).toMatchObject({ ok: true })
    expect(await balances()).toEqual({ cash: 15_000, kept: 0 })
    expect(await work()).toBe(0)
    expect([await work('2026-11-17'), await work('2026-11-20')]).toEqual([600, 400])
    expect((await book.check()).findings).toEqual([])
    await book.close()
  })

  it('watch-9 no more than stands; what came did not stay: no more than came, and it stands again', async () => {
    const { book, balances, came, rules, work } = await kept()
    expect(await rules(came({ amount: 601 }))).toEqual(['remittance.beyondWithheld'])
    expect(await rules(came({ amount: -1 }))).toEqual(['remittance.beyondReturned'])
    await came({ amount: 500 })
    expect(await rules(came({ amount: -501 }))).toEqual(['remittance.beyondReturned'])
    expect(await came({ amount: -500 })).toMatchObject({ ok: true })
    expect(await balances()).toEqual({ cash: 14_400, kept: 600 })
    expect(await work()).toBe(600)
    await came({})
    expect(await rules(came({}))).toEqual(['remittance.nothingWithheld'])
    await book.close()
  })

  it('watch-9 named with something else, it is a mistake; entered with a day before the advice, it counts from it', async () => {
    const { book, came } = await kept()
    await expect(came({}, { openMissing: true })).rejects.toMatchObject({ _tag: 'InvalidCommand' })
    await came({ on: '2026-10-01' })
    const days: string[] = []
    for await (const { event } of book.events({ types: ['WithholdReturned'] })) days.push(event.effectiveDate)
    expect(days).toEqual(['2026-11-02'])
    await book.close()
  })

  it('watch-9 a line of the bank names it, and then nothing of it is on its way', async () => {
    const { book, remittance, came } = await kept()
    await came({ reference: '7001' })
    const part = { kind: 'payerWithhold', remittance, settlement: 1 } as const
    const line = { type: 'RecordDeposit', on: '2026-11-20', reference: 'slip 9', amount: 600 } as const
    expect(await book.deposit({ ...line, parts: [{ ...part, settlement: 2 }] })).toMatchObject({ ok: false })
    expect(await book.deposit({ ...line, parts: [part] })).toMatchObject({ ok: true })
    const advice = { type: 'RecordDeposit', on: '2026-11-02', reference: 'TRACE0001', amount: 14_400 } as const
    await book.deposit({ ...advice, parts: [{ kind: 'remittance', remittance }] })
    const { bank } = await book.cash({ from: '2026-11-01' })
    expect(bank.lines.map(({ difference, parts }) => [difference, parts[0]?.says])).toEqual([
      [0, 'SAMPLE HEALTH PLAN trace TRACE0001'],
      [0, 'withhold of SAMPLE HEALTH PLAN trace TRACE0001'],
    ])
    expect(bank.inTransit.amount).toBe(0)
    expect(JSON.stringify(await book.history(remittance))).toContain(
      '6.00 withheld beside the claims came by check 7001',
    )
    await book.close()
  })

  it('watch-9 an account that an advice gives back to is not given what came by itself', async () => {
    const { book, work, came } = await kept()
    await came({})
    const back = remittanceText({ paid: '156.00', more: ['PLB*1234567893*20261231*E3:YEAR*-6.00'] })
      .replaceAll('TRACE0001', 'TRACE0002')
      .replaceAll('PCN', 'QCN')
      .replaceAll('*V1*', '*W1*')
      .replaceAll('*V2*', '*W2*')
    await book.importContent(back, { name: 'later.edi', openMissing: true })
    expect(await work()).toBe(-600)
    await book.close()
  })

  it('watch-9 from the command line', async () => {
    const folder = testFolder()
    const daybook = commandLineIn(folder)
    const path = write(folder, 'advice.edi', text)
    await daybook('import', path, '--open-missing', '--actor', 'anna')
    const list = async () => {
      const { stdout } = await daybook('worklist', '--queue', 'payerAccounts', '--json', '--actor', 'anna')
      const { items, waiting } = JSON.parse(stdout)
      return [...items, ...waiting]
    }
    const [{ remittance }] = await list()
    const release = (...more: readonly string[]) =>
      daybook('release', remittance, '--reason', 'settled', '--actor', 'anna', ...more)
    expect((await release('--amount', '6.00')).status).toBe(2)
    expect((await release('--withheld', 'cheque')).status).toBe(2)
    expect((await release('--withheld', 'check', '--open-missing')).status).not.toBe(0)
    expect((await release('--withheld', 'check', '--amount', '6.00', '--reference', '7001')).status).toBe(0)
    expect(await list()).toEqual([])
    const deposit = await daybook(
      'deposit',
      'slip9',
      '--amount',
      '6.00',
      '--payer-withhold',
      `${remittance}/1`,
      '--actor',
      'anna',
    )
    expect(deposit.status).toBe(0)
  })
})
