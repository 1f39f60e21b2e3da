import { placement } from './sections/placement.ts'
import { plans } from './sections/plans.ts'
import { posting } from './sections/posting.ts'
import { practice } from './sections/practice.ts'
import { worklist } from './sections/worklist.ts'
import { writeOff } from './sections/write-off.ts'

/** The sections of a practice's policy, by the name that decisions and files read them by. Sorted, one a line. */
export const sections = {
  placement,
  plans,
  posting,
  practice,
  worklist,
  writeOff,
} as const
export type SectionName = keyof typeof sections
