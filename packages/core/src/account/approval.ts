import { z } from 'zod'
import { code } from '../kernel/classes.ts'
import { actorId } from '../kernel/ids.ts'
import { personRole } from '../policy/roles.ts'

// The wire contract of an approval, which commands of several facets carry.

/** Who approved, where the maker may not alone (law F4), and the determination that it rests on. */
export const approval = z
  .strictObject({
    by: actorId.optional(),
    /** Roles of the approver, as the embedding product vouches for them: `system` is a process, and approves nothing. */
    roles: z.array(personRole).optional(),
    policy: code(60).optional(),
    determination: code(80).optional(),
  })
  .optional()
export type Approval = z.infer<typeof approval>
