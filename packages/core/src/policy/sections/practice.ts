import type { z } from 'zod'
import { code, oneOf } from '../../kernel/classes.ts'
import { section } from '../section.ts'

/** What the practice is in law: many rules reach only hospitals (reference §4.8). */
export const entityType = oneOf([
  'hospital_501c3',
  'hospital_other',
  'physician_practice',
  'asc',
  'agency_third_party',
  'debt_buyer',
  'law_firm',
])
export type EntityType = z.infer<typeof entityType>

/** Who and where the practice is. */
export const practice = section({
  shape: {
    entityType,
    /** Two-letter state where care is given. */
    state: code(2),
    /** IANA zone in which civil days of the practice begin. */
    timeZone: code(64),
  },
  presets: {
    physicianPracticeMN: { entityType: 'physician_practice', state: 'MN', timeZone: 'America/Chicago' },
  },
  before: 'none',
})
