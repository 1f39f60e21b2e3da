import { z } from 'zod'
import { classified } from '../../kernel/classes.ts'
import { type FieldSet, fieldSet, fieldSets } from '../field-sets.ts'
import { type Role, role } from '../roles.ts'
import { type Refusal, section } from '../section.ts'

/**
 * What a role may see at most, whatever a practice says: minimum necessary (45 CFR 164.502(b), 164.514(d)) as reference
 * §4.7 and §11.4 read it. The front desk is told that there is something, no balance; who prints and mails statements, or
 * collects, needs no diagnosis, procedure or note. A role that is not named here may be given everything.
 */
const atMost: Partial<Readonly<Record<Role, readonly FieldSet[]>>> = {
  frontDesk: ['identity', 'contact', 'payer'], // §11.4
  vendor: ['identity', 'contact', 'money'], // §4.7
}

const SOURCE = '45 CFR 164.514(d)'
/** Years that access records and the accounting of disclosures reach back (45 CFR 164.316(b)(2), 164.528(a)(1)). */
const LAW_YEARS = 6

const everything = [...fieldSets]
/** Roles that work on an account whole: they explain it, decide on it, or answer for who does. */
const whole = [
  'auditor', // §11.8: reads
  'rep',
  'senior',
  'biller',
  'faCounsellor',
  'supervisor',
  'faSupervisor',
  'manager',
  'compliance',
  'director',
  'system',
] as const

const rowsOf = (roles: readonly Role[]) => roles.map((each) => ({ role: each, sees: everything }))

const house = {
  roles: [
    { role: 'vendor' as const, sees: ['identity', 'contact', 'money'] as FieldSet[] }, // §4.7
    { role: 'frontDesk' as const, sees: ['identity', 'contact', 'payer'] as FieldSet[] }, // §11.4
    { role: 'cashPoster' as const, sees: ['identity', 'clinical', 'money', 'payer'] as FieldSet[] }, // house: posts, and calls nobody
    { role: 'coder' as const, sees: ['identity', 'clinical', 'money', 'payer', 'notes'] as FieldSet[] }, // house: codes, and calls nobody
    ...rowsOf(whole),
  ],
  withoutRole: everything, // house: decision 0029
  lookBackYears: LAW_YEARS,
}

/** Every role that there was saw everything. */
const before = { ...house, roles: [...house.roles.slice(0, 2), ...rowsOf([...whole, 'cashPoster', 'coder'])] }

const looser = (
  figure: string,
  who: string,
  sees: readonly FieldSet[],
  most: readonly FieldSet[],
): readonly Refusal[] =>
  sees
    .filter((each) => !most.includes(each))
    .map((each) => ({ rule: 'minimumNecessary', figure, reason: `${who} may not be given ${each} (${SOURCE})` }))

/** Who sees what of an account (reference §4.7, §11.4, §11.8). A set that is not named is not shown. */
export const access = section({
  shape: {
    /** The fields of each role; one that is not named sees nothing. Who has several sees what any of them sees. */
    roles: z.array(z.strictObject({ role, sees: z.array(fieldSet) })),
    /** What is shown to somebody whom nobody vouches for with a role. */
    withoutRole: z.array(fieldSet),
    /** Years that an accounting of disclosures, and what is told of accesses, reach back. */
    lookBackYears: classified(z.int().positive(), 'count'),
  },
  presets: { physicianPracticeMN: house },
  before,
  refusals: ({ roles, lookBackYears }) => [
    ...roles.flatMap(({ role: who, sees }) => looser('roles', who, sees, atMost[who] ?? fieldSets)),
    ...(new Set(roles.map((row) => row.role)).size === roles.length
      ? []
      : [{ rule: 'rows', figure: 'roles', reason: 'one role has two rows' }]),
    ...(lookBackYears >= LAW_YEARS
      ? []
      : [
          {
            rule: 'lookBack',
            figure: 'lookBackYears',
            reason: `${lookBackYears} years are fewer than ${LAW_YEARS} (45 CFR 164.528(a)(1))`,
          },
        ]),
  ],
})

/** What of an account somebody with these roles may see, in the order of `fieldSets`. */
export const fieldsFor = (
  policy: { readonly roles: readonly { readonly role: Role; readonly sees: readonly FieldSet[] }[] } & {
    readonly withoutRole: readonly FieldSet[]
  },
  roles: readonly Role[],
): readonly FieldSet[] => {
  const seen = new Set(
    roles.length === 0
      ? policy.withoutRole
      : policy.roles.filter((row) => roles.includes(row.role)).flatMap(({ sees }) => sees),
  )
  return fieldSets.filter((each) => seen.has(each))
}
