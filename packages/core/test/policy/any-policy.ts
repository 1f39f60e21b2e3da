import fc from 'fast-check'
import type { z } from 'zod'
import { type PracticePolicy, practicePolicy, presets, roles } from '../../src/policy/index.ts'

const LARGE = 1_000_000
const LONG = 20

/** Any value of a schema: each figure of policy as far as its own leaf lets it go. */
const anyOf = (given: z.core.$ZodType): fc.Arbitrary<unknown> => {
  const schema = given as z.core.$ZodTypes
  const { def } = schema._zod
  switch (def.type) {
    case 'object': {
      const optional = Object.keys(def.shape).filter((name) => def.shape[name]?._zod.optout === 'optional')
      const fields = Object.entries(def.shape).map(([name, field]) => [name, anyOf(field)] as const)
      const requiredKeys = Object.keys(def.shape).filter((name) => !optional.includes(name))
      return fc.record(Object.fromEntries(fields), { requiredKeys })
    }
    case 'optional':
      return anyOf(def.innerType)
    case 'array':
      return fc.array(anyOf(def.element), { minLength: 1, maxLength: 4 })
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'boolean':
      return fc.boolean()
    case 'number': {
      const { minValue, maxValue } = schema as unknown as z.ZodNumber
      return fc.integer({ min: Math.max(minValue ?? 0, 1), max: Math.min(maxValue ?? LARGE, LARGE) })
    }
    case 'string': {
      const { minLength, maxLength } = schema as unknown as z.ZodString
      return fc.string({ minLength: minLength ?? 0, maxLength: Math.min(maxLength ?? LONG, LONG) })
    }
    default:
      throw new RangeError(`no value of ${def.type}`)
  }
}

const someRoles = fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 4 })
/** Rows that ascend and end open. */
const rows = <Rest>(rest: fc.Arbitrary<Rest>) =>
  fc
    .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 9_999_999 }), { maxLength: 4 }), fc.array(rest, { minLength: 5 }))
    .map(([amounts, others]) =>
      [...amounts.sort((a, b) => a - b).map((upTo) => ({ upTo })), {}].map((row, at) => ({ ...row, ...others[at] })),
    )
const ascending = (length: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: length, maxLength: length })
    .map((some) => some.sort((a, b) => a - b))

/** Any policy that may be published: figures that must fit together do. */
export const anyPolicy: fc.Arbitrary<PracticePolicy> = fc
  .record({
    policy: anyOf(practicePolicy) as fc.Arbitrary<PracticePolicy>,
    approvers: rows(fc.record({ roles: someRoles })),
    longestTerm: rows(fc.record({ months: fc.integer({ min: 0, max: 60 }) })),
    categories: fc.subarray(presets.physicianPracticeMN.writeOff.approvals.filter(({ upTo }) => upTo === undefined)),
    age: ascending(3),
    within: ascending(3),
    notInUse: fc.subarray(['promise.open', 'person.protected', 'payment.lastOn']),
    incomeShare: fc.integer({ min: 0, max: 500 }),
    steps: ascending(8),
    lookBackYears: fc.integer({ min: 6, max: 60 }),
    seeing: fc.subarray(presets.physicianPracticeMN.access.roles),
  })
  .map(
    ({
      policy,
      approvers,
      longestTerm,
      categories,
      age,
      within,
      notInUse,
      incomeShare,
      steps,
      lookBackYears,
      seeing,
    }) => {
      const [firstStatement, reminder, secondStatement, firstLetter, call, secondLetter, finalNotice = 7, last = 8] =
        steps
      const placementReview = Math.max(last, finalNotice + 30)
      const ladder = { firstStatement, reminder, secondStatement, firstLetter, call, secondLetter, finalNotice }
      const [peakFrom = 1, peakTo = 2, tailFrom = 3] = age
      const curves = {
        age: { ...policy.worklist.age, peakFrom, peakTo, tailFrom },
        urgency: within.map((withinDays) => ({ withinDays, share: 1_000 })),
      }
      const inTurn = ({ after, repeat, escalate }: PracticePolicy['followUp']['medicare']) => ({
        after: Math.min(after, escalate),
        repeat,
        escalate: Math.max(after, escalate),
      })
      const [callFrom = 480, callUntil = 1_260] = within
      const contact = {
        callFrom,
        callUntil,
        numberCheckedDays: Math.min(60, policy.contact.numberCheckedDays),
        outcomes: policy.contact.outcomes.slice(0, 1),
      }
      const { medicare, commercial, others } = policy.followUp
      return practicePolicy.parse({
        ...policy,
        access: { ...policy.access, roles: seeing, lookBackYears },
        contact: { ...policy.contact, ...contact },
        followUp: { medicare: inTurn(medicare), commercial: inTurn(commercial), others: inTurn(others) },
        inquiries: { ...policy.inquiries, identifiers: Math.max(2, policy.inquiries.identifiers) },
        placement: { ...policy.placement, approvers, notInUse },
        plans: {
          ...policy.plans,
          longestTerm,
          incomeShare,
          cureNoticeDays: Math.min(policy.plans.cureNoticeDays, policy.plans.cureDays),
        },
        statements: { ...policy.statements, ...ladder, placementReview },
        worklist: { ...policy.worklist, ...curves },
        writeOff: { ...policy.writeOff, approvals: categories },
      })
    },
  )
