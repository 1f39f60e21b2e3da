import { describe, expect, it } from 'vitest'
import { all, owed, pays, visitWith } from './visit.ts'

const on = '2026-03-02'

/** The first payer forwards 16.00 to a carrier that is known by its name alone. */
const crossedOver = (payers: readonly ('acme' | 'beta')[] = ['acme']) => {
  const desk = visitWith({ charges: [{ line: 'l1', amount: 10_000 }], payers: ['acme'] })
  desk.does(
    pays(
      'acme',
      {
        status: '19',
        crossover: 'GAP PLAN',
        lines: [
          {
            charge: 10_000,
            paid: 6_400,
            cas: [
              ['CO', '45', 2_000],
              ['PR', '2', 1_600],
            ],
          },
        ],
      },
      '2026-02-10',
    ),
    '2026-02-11',
  )
  for (const payer of payers.slice(1)) desk.does({ type: 'AddCoverage', on, coverage: payer, payer }, on)
  const stub = all(desk, 'CoverageAdded').find((coverage) => coverage.stub)?.coverageId
  if (!stub) throw new Error('no stub')
  return { desk, stub }
}

const complete = { type: 'CompleteCoverage', on, payer: 'gamma', payerName: 'gamma health' } as const
const openWork = (desk: ReturnType<typeof crossedOver>['desk']) =>
  [...desk.state.claims.workItems.values()].map(({ code }) => code)

describe('postings.md CLP02 19–21: a coverage known by its name alone is completed by a person', () => {
  it('keeps its id and its place, moves no money, and closes the work item that asked for it', () => {
    const { desk, stub } = crossedOver()
    expect(openWork(desk)).toContain('completeCrossoverCoverage')
    const before = owed(desk)
    desk.does({ ...complete, coverage: stub, memberId: 'G-77', filingIndicator: '12', to: '2026-12-31' }, on)
    expect(desk.state.coverage.coverages.get(stub)).toMatchObject({
      coverageId: stub,
      payerId: 'gamma',
      payerName: 'gamma health',
      memberId: 'G-77',
      filingIndicator: '12',
      order: 2,
      to: '2026-12-31',
      stub: false,
    })
    expect(owed(desk)).toEqual(before)
    expect(openWork(desk)).not.toContain('completeCrossoverCoverage')
    expect(openWork(desk), 'what its payer still has to decide stays').toContain('awaitCrossover')
  })

  it('then takes the advice of that payer, under another name than the notice gave', () => {
    const { desk, stub } = crossedOver()
    desk.does({ ...complete, coverage: stub }, on)
    desk.does(
      pays(
        'gamma',
        { status: '2', lines: [{ charge: 10_000, paid: 1_600, cas: [['OA', '23', 8_400]] }] },
        '2026-03-10',
      ),
      '2026-03-11',
    )
    expect(owed(desk)).toEqual({})
    expect([...desk.state.coverage.coverages.keys()]).toEqual(['acme', stub])
  })

  it('is refused for a coverage that nobody knows, one that is complete, and one that would end before it begins', () => {
    const { desk, stub } = crossedOver()
    expect(desk.refused({ ...complete, coverage: 'nobody' }, on)).toEqual(['coverage.unknown'])
    expect(desk.refused({ ...complete, coverage: 'acme' }, on)).toEqual(['coverage.complete'])
    expect(desk.refused({ ...complete, coverage: stub, from: '2026-02-02', to: '2026-02-01' }, on)).toEqual([
      'coverage.reversed',
    ])
    desk.does({ ...complete, coverage: stub }, on)
    expect(desk.refused({ ...complete, coverage: stub }, on)).toEqual(['coverage.complete'])
  })

  it('is refused where the patient has that payer on file already: two of one member would both be asked', () => {
    const { desk, stub } = crossedOver(['acme', 'beta'])
    expect(desk.refused({ ...complete, coverage: stub, payer: 'beta' }, on)).toEqual(['coverage.payerKnown'])
    expect(desk.refused({ ...complete, coverage: stub, payer: 'beta', memberId: 'M1' }, on)).toEqual([
      'coverage.payerKnown',
    ])
  })

  it('may be a second coverage of one payer where both members are known and differ', () => {
    const { desk, stub } = crossedOver()
    desk.does({ type: 'AddCoverage', on, coverage: 'beta', payer: 'beta', memberId: 'M1' }, on)
    expect(desk.refused({ ...complete, coverage: stub, payer: 'beta', memberId: 'M1' }, on)).toEqual([
      'coverage.payerKnown',
    ])
    desk.does({ ...complete, coverage: stub, payer: 'beta', memberId: 'M2' }, on)
    expect(desk.state.coverage.coverages.get(stub)).toMatchObject({ payerId: 'beta', memberId: 'M2', stub: false })
  })
})
