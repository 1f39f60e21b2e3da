import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountCommand, type AccountCommandInput, decideAccount } from '../../src/account/index.ts'
import { accountCommand, brings } from '../../src/account/rooms.ts'
import { addDays, type Day } from '../../src/kernel/day.ts'
import { contextOf } from '../../src/testing/history.ts'
import { fromIntegers, randomHistory } from '../../src/testing/index.ts'
import { office, opened } from '../support/desk.ts'

// Decision 0014: what was said or done about something is of no day before it was there.

/** Has a day of its own, or says how it always was, or was said before anything was on file (`there-since.ts` says why). */
const ofAnyDay: ReadonlySet<AccountCommand['type']> = new Set([
  'AddCoverage',
  'AddNote',
  'BringForward',
  'CompleteCoverage',
  'ConfirmGuarantor',
  'HintSamePerson',
  'OpenVisit',
  'PostCharge',
  'PostPayment',
  'PostRemittedClaims',
  'PostTakeback',
  'RecordDisclosure',
  'RecordInquiry',
  'RecordNotice',
  'RecordSubmittedClaim',
  'RegisterPatient',
  'SetCobOrder',
  'SettleWithhold',
  'TerminateCoverage',
  'TransferResponsibility',
  'VoidCharge',
])

/** Days that the money itself has, whatever day names it first: the facets judge those through time. */
const throughTime: ReadonlySet<string> = new Set(['coverage', 'credit', 'patient', 'payment', 'visit'])

/** A correction counts from the days of what it corrects, and not from its own. */
const corrects = (command: AccountCommand): boolean =>
  (command.type === 'ReverseAdjustment' && command.mode === 'correction') || command.type === 'ReversePayment'

/** Reports of the world: somebody disputed or asked for what was served, before the account was opened. */
const ofTheService: ReadonlySet<AccountCommand['type']> = new Set(['OpenDispute', 'RequestItemisation'])

describe('what a command speaks of', () => {
  it('standing-5 is there on the day that the command names, or the command is refused', () => {
    const refused = new Set<string>()
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 60, maxLength: 400, size: 'max' }), (integers) => {
        const since = new Map<string, { readonly kind: string; readonly from: Day }>()
        let opened: Day | undefined
        for (const [index, step] of randomHistory(fromIntegers(integers), { office }).steps.entries()) {
          const { command, decision, before, recordedOn } = step
          if (!decision.ok) continue
          if ('on' in command && decision.events.length > 0 && !ofAnyDay.has(command.type) && !corrects(command)) {
            const values = new Set(Object.values(command))
            const named = [...since].filter(([id, { kind }]) => values.has(id as never) && !throughTime.has(kind))
            const account = opened !== undefined && !ofTheService.has(command.type) ? [opened] : []
            for (const from of [...named.map(([, one]) => one.from), ...account]) {
              const early = accountCommand.parse({ ...command, on: addDays(from, -1) })
              const answer = decideAccount(before, early, contextOf(office, recordedOn, index + 1))
              expect(answer.ok && answer.events.length > 0, JSON.stringify(early)).toBe(false)
              refused.add(command.type)
            }
          }
          for (const event of decision.events) {
            if (event.type === 'AccountOpened') opened = event.effectiveDate
            const kind = (brings as Readonly<Record<string, string>>)[event.type]
            const id: unknown = kind && Reflect.get(event, `${kind}Id`)
            if (kind && typeof id === 'string' && !since.has(id)) since.set(id, { kind, from: event.effectiveDate })
          }
        }
      }),
      { numRuns: 1_000 },
    )
    expect(refused.size).toBeGreaterThan(30)
  })

  it('standing-5 is the account for a review, work and a pause: of no day before it was opened', () => {
    const on = '2026-03-02'
    const desk = opened(on)
    const early = '2026-03-01'
    const before = ['account.beforeItWas']
    expect(desk.refused({ type: 'ReviewAccount', on: early, findings: [] }, on)).toEqual(before)
    expect(desk.refused({ type: 'AssignWork', on: early, to: 'bo' }, on)).toEqual(before)
    const pause = { type: 'PauseDunning', on: early, because: 'hardship', reason: 'out of work' } as const
    expect(desk.refused(pause, on)).toEqual(before)
    expect(desk.does({ type: 'ReviewAccount', on, findings: [] }, on)).toHaveLength(1)
  })

  it('standing-5 is the service for a dispute: it may be older than the account, and no older than its day', () => {
    const on = '2026-03-02'
    const desk = opened(on)
    desk.does({ type: 'PostCharge', on: '2026-02-10', visit: 'v1', line: 'l1', code: '99213', amount: 10_000 }, on)
    const said = {
      kind: 'billingError',
      raisedBy: 'patient',
      channel: 'mail',
      written: true,
      says: 'not there',
    } as const
    const dispute = (day: string): AccountCommandInput => ({ type: 'OpenDispute', on: day, lines: ['l1'], ...said })
    expect(desk.refused(dispute('2026-02-09'), on)).toEqual(['account.beforeItWas'])
    expect(desk.does(dispute('2026-02-20'), on)).toHaveLength(1)
  })
})
