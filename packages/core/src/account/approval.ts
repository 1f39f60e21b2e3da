import { z } from 'zod'
import { code, said } from '../kernel/classes.ts'
import { actorId } from '../kernel/ids.ts'
import { personRole } from '../policy/roles.ts'

// The wire contract of an approval, which commands of several facets carry.

/** Who approved, where the maker may not alone (law F4), and what it rests on. */
export const approval = z
  .strictObject({
    by: actorId.optional(),
    /** Roles of the approver, as the embedding product vouches for them: `system` is a process, and approves nothing. */
    roles: z.array(personRole).optional(),
    /** A second approver, where policy wants two persons. */
    also: z.strictObject({ by: actorId, roles: z.array(personRole) }).optional(),
    policy: code(60).optional(),
    /** What it rests on, by number: a determination of financial need, a bankruptcy case. */
    determination: said(80).optional(),
    /** The record of the reasonable collection efforts that failed, by number. */
    effort: said(80).optional(),
  })
  .optional()
export type Approval = z.infer<typeof approval>
