import { type AccountEvent, type AccountState, accountCodec } from '@daybook/core/account'
import { toDay } from '@daybook/core/kernel'
import { remittanceCodec } from '@daybook/core/remittance'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { type EventsTold, type FacetName, facets, type ToldByFacet } from '../src/facets/account.ts'
import { isNone } from '../src/facets/none.ts'
import { accountWords } from '../src/history/words/account.ts'
import { queues } from '../src/worklist/index.ts'
import { facetQueues } from '../src/worklist/queue.ts'
import { unheard } from '../src/worklist/queues/remittance.ts'

type Facets = typeof facets
/** A facet without one of its rooms. */
type Without<Facet extends FacetName, Room extends keyof Facets[Facet]> = {
  readonly [Name in FacetName]: Name extends Facet ? Omit<Facets[Name], Room> : Facets[Name]
}

describe('what is told of a facet is never missing by oversight', () => {
  it('a facet of the account that the table does not name does not compile', () => {
    interface Widened extends AccountState {
      readonly contact: object
    }
    // @ts-expect-error Property 'contact' is missing
    const table: ToldByFacet<Widened> = facets
    expect(Object.keys(table)).not.toContain('contact')
  })

  it('a facet without words, queues, summary or explanation does not compile', () => {
    expectTypeOf(facets).toExtend<ToldByFacet>()
    expectTypeOf<Without<'plans', 'words'>>().not.toExtend<ToldByFacet>()
    expectTypeOf<Without<'plans', 'queues'>>().not.toExtend<ToldByFacet>()
    expectTypeOf<Without<'plans', 'summary'>>().not.toExtend<ToldByFacet>()
    expectTypeOf<Without<'plans', 'explanation'>>().not.toExtend<ToldByFacet>()
  })

  it('an event without words, or one that moves money and explains it nowhere, is named by the error', () => {
    expectTypeOf<EventsTold<Facets>>().toEqualTypeOf<[true, true]>()
    type WithoutCredits = EventsTold<Omit<Facets, 'credits'>>
    expectTypeOf<WithoutCredits[0]>().toEqualTypeOf<{ readonly 'has no words': CreditEvent }>()
    expectTypeOf<WithoutCredits[1]>().toEqualTypeOf<{
      readonly 'moves money and explains it nowhere': CreditEvent & MovesMoney
    }>()
  })

  it('every event that the codec knows has a sentence', () => {
    expect(Object.keys(accountWords).sort()).toEqual([...accountCodec.definitions.keys()].sort())
  })

  it('who has nothing to say in a view says why', () => {
    const reasons = Object.values(facets).flatMap(({ queues, summary, explanation }) =>
      [queues, summary, explanation].filter(isNone).map(({ none }) => none),
    )
    for (const why of reasons) expect(why).toMatch(/^\w.{10,}[^.]$/)
  })
})

/** Events of the credits facet, and those of them that move money. */
type CreditEvent =
  | 'CreditBalanceIdentified'
  | 'CreditBalanceResolved'
  | 'CreditMoved'
  | 'RefundApproved'
  | 'RefundCleared'
  | 'RefundDebtCancelled'
  | 'RefundIssued'
  | 'RefundOwedAgain'
  | 'RefundVoided'
type MovesMoney = Extract<AccountEvent, { readonly effects: object; readonly contra: object }>['type']

describe('the queues of the worklist', () => {
  it('work in a queue that its owner does not name does not compile', () => {
    const since = toDay('2026-11-21')
    const work = { subject: 'a', amount: 0, since, reasons: [], nextAction: 'call' }
    const calls = facetQueues({
      names: ['calls'],
      version: 1,
      matters: () => [],
      // @ts-expect-error '"letters"' is not assignable to '"calls"'
      work: () => [{ ...work, queue: 'letters' }],
    })
    expect(calls.names).toEqual(['calls'])
  })

  it('each has one owner', () => {
    expect(queues).toEqual([...new Set(queues)])
  })

  it('an event of a remittance that no queue hears of says why not', () => {
    const types = [...remittanceCodec.definitions.keys()]
    for (const [type, why] of Object.entries(unheard)) {
      expect(types).toContain(type)
      expect(why).toMatch(/^\w.{10,}[^.]$/)
    }
  })
})
