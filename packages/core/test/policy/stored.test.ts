import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUnreadable, toDay } from '../../src/kernel/index.ts'
import {
  practicePolicyAggregate as aggregate,
  currentPolicy,
  type PolicyContext,
  type PracticePolicy,
  policyCodec,
  presets,
} from '../../src/policy/index.ts'
import { sections } from '../../src/terms.ts'
import { anyPolicy } from './any-policy.ts'

const preset = presets.physicianPracticeMN
const director: PolicyContext = { actor: { id: 'dora', roles: ['director'] }, knowsZone: () => true }

/** What publishing stores. */
const published = (policy: PracticePolicy) => {
  const command = aggregate.commandSchema.parse({ type: 'PublishPolicy', on: '2026-01-01', policy, reason: 'new year' })
  const decision = aggregate.decide(aggregate.initial, command, director)
  const event = decision.ok ? decision.events[0] : undefined
  if (!event) throw new Error(`was not published: ${JSON.stringify(decision)}`)
  const { schemaVersion, payload } = policyCodec.encode(event)
  return { type: event.type, schemaVersion, effectiveDate: event.effectiveDate, data: JSON.stringify(payload) }
}
type Stored = ReturnType<typeof published>

const readBack = (stored: Stored, validate = true) => {
  const event = policyCodec.decode(stored, validate)
  if (isUnreadable(event)) return event
  return currentPolicy(aggregate.fold(aggregate.initial, [event]))
}

/** What was stored with one thing changed. */
const changed = (stored: Stored, change: (sections: Record<string, unknown>) => void): Stored => {
  const payload = JSON.parse(stored.data) as { readonly sections: Record<string, unknown> }
  change(payload.sections)
  return { ...stored, data: JSON.stringify(payload) }
}

describe('a policy that was published', () => {
  it('is read back as it was said, whatever it says', () => {
    fc.assert(
      fc.property(anyPolicy, fc.boolean(), (policy, validate) => {
        expect(readBack(published(policy), validate)).toEqual({ version: 1, policy, from: '2026-01-01' })
      }),
    )
  })

  it('is stored by sections, each with its version (decision 0009)', () => {
    const { schemaVersion, data } = published(preset)
    const { name, sections } = JSON.parse(data) as { name: string; sections: Record<string, { version: number }> }
    expect(schemaVersion).toBe(3)
    expect(name).toBe('physicianPracticeMN')
    expect(Object.keys(sections).sort()).toEqual(
      Object.keys(preset)
        .filter((key) => key !== 'name')
        .sort(),
    )
    for (const { version } of Object.values(sections)) expect(version).toBeGreaterThanOrEqual(1)
  })
})

describe('a policy that an older program published', () => {
  const stored = (schemaVersion: number, payload: object): Stored => ({
    type: 'PolicyPublished',
    schemaVersion,
    effectiveDate: toDay('2026-01-01'),
    data: JSON.stringify({ version: 1, reason: 'opening', salt: '0'.repeat(32), ...payload }),
  })
  // What there was then: no section for money on account, no instalment met money that came before it was due, and a refund
  // had one figure for its approval and its check, money that waits one for all of it.
  const { onAccount: _onAccount, ...sectionsThen } = preset
  const {
    paidAhead: _paidAhead,
    cureNotice: _n,
    cureNoticeDays: _nd,
    discloseWritten: _d,
    writtenElsewhere: _we,
    ...plansLater
  } = preset.plans
  const { deferralMonths: _dm, reageAfterPayments: _ra, reagesPerYear: _ry, ...plansThen } = plansLater
  const { forwardedDays: _f, withheldDays, cashedDays: _c, unclaimedMonths, ...posting } = preset.posting
  const postingThen = { ...posting, refundDays: 21, unappliedDays: 45 }
  const then = { ...sectionsThen, plans: plansThen, posting: postingThen }
  const readAs = {
    ...preset,
    plans: {
      ...preset.plans,
      paidAhead: 0,
      cureNotice: 'offered',
      cureNoticeDays: 0,
      discloseWritten: false,
      writtenElsewhere: true,
    },
    posting: { ...postingThen, cashedDays: 21, forwardedDays: 45, withheldDays, unclaimedMonths },
    onAccount: sections.onAccount.before,
  }
  const first = { version: 1, policy: readAs, from: '2026-01-01' }

  it('before the curves of the score were policy (version 1 of the event) is read with those that the program had', () => {
    const { age: _age, urgency: _urgency, ...worklist } = preset.worklist
    expect(readBack(stored(1, { policy: { ...then, worklist } }))).toEqual(first)
  })

  it('as a whole (version 2 of the event) is read as it was said', () => {
    expect(readBack(stored(2, { policy: then }))).toEqual(first)
    const stricter = { ...then, name: 'stricter', plans: { ...plansThen, graceDays: 3 } }
    const policy = { ...readAs, name: 'stricter', plans: { ...readAs.plans, graceDays: 3 } }
    expect(readBack(stored(2, { policy: stricter }))).toEqual({ ...first, policy })
  })

  it('by the first sections (version 3 of the event, as its first bytes are) is read as it was said', () => {
    const bytes = readFileSync(new URL('./golden/policy-published-v3.txt', import.meta.url), 'utf8')
    const said = JSON.parse(bytes) as { name: string; sections: Record<string, { values: object }> }
    const values = Object.entries(said.sections).map(([section, each]) => [section, each.values])
    expect(readBack({ ...stored(3, {}), data: bytes })).toMatchObject({
      version: 1,
      policy: { name: said.name, ...Object.fromEntries(values) },
    })
  })
})

describe('a policy that can not be read is not half read', () => {
  const stored = published(preset)

  it('with a section of a later version, or one that this program does not have: a newer program published it', () => {
    const later = changed(stored, (sections) => {
      sections['plans'] = { version: 1_000, values: {} }
    })
    const more = changed(stored, (sections) => {
      sections['horoscopes'] = { version: 1, values: { sign: 'leo' } }
    })
    for (const validate of [true, false]) {
      expect(policyCodec.decode(later, validate)).toEqual({ reason: 'newerVersion' })
      expect(policyCodec.decode(more, validate)).toEqual({ reason: 'newerVersion' })
    }
  })

  it('without a section that every policy has, or with one of no version', () => {
    const less = changed(stored, (sections) => {
      delete sections['plans']
    })
    expect(policyCodec.decode(less)).toEqual({ reason: 'invalid', issues: ['sections.plans: is not there'] })
    for (const version of [0, 0.5, '1', null]) {
      const odd = changed(stored, (sections) => {
        sections['plans'] = { version, values: preset.plans }
      })
      expect(policyCodec.decode(odd)).toEqual({ reason: 'noSuchVersion' })
    }
  })
})
