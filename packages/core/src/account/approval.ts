import { z } from 'zod'
import { code, oneOf, phi, said, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'
import { actorId } from '../kernel/ids.ts'
import { personRole } from '../policy/roles.ts'

// The wire contract of an approval, which commands of several facets carry.

const approvalFields = {
  by: actorId.optional(),
  /** Roles of the approver, as the embedding product vouches for them: `system` is a process, and approves nothing. */
  roles: z.array(personRole).optional(),
  /** A second approver, where policy wants two persons. */
  also: z.strictObject({ by: actorId, roles: z.array(personRole) }).optional(),
  policy: code(60).optional(),
  /** What it rests on, by number: a determination of financial need. */
  determination: said(80).optional(),
  /** The record of the reasonable collection efforts that failed, by number. */
  effort: said(80).optional(),
}

/** Who approved, where the maker may not alone (law F4), and what it rests on. */
export const approval = z.strictObject(approvalFields).optional()
export type Approval = z.infer<typeof approval>

// What a write-off rests on that no facet keeps yet, in facts that can be judged, as commands name it and events keep it.

const chapter = oneOf(['7', '11', '12', '13'])

/** A case of the guarantor (11 U.S.C.), by what the court's notice says of it. Which debts it covers follows from its days. */
const bankruptcyShape = { chapter, court: text(80), petitionedOn: day, dischargedOn: day.optional() }
const why = oneOf(['noEstate', 'insolvent', 'claimBarred', 'closed'])
/** The guarantor has died, and why the estate pays nothing. */
const estateShape = { diedOn: day, because: why }
const qmbShape = { checkedOn: day }

/** As a command names them. */
export const writeOffApproval = z
  .strictObject({
    ...approvalFields,
    /** The guarantor's case: what was served before the petition is covered by it. */
    bankruptcy: z.strictObject({ ...bankruptcyShape, caseNumber: said(40) }).optional(),
    /** The guarantor's estate: what was served until the day of death is its debt. */
    estate: z.strictObject({ ...estateShape, reference: said(80) }).optional(),
    /** An eligibility check that shows the patient as a Qualified Medicare Beneficiary, beside what payers say. */
    qmb: z.strictObject({ ...qmbShape, reference: said(80) }).optional(),
  })
  .optional()
export type WriteOffApproval = z.infer<typeof writeOffApproval>

const reference = () => phi(z.string().max(80))
/** As the event keeps them. Case numbers and references say who somebody is. */
export const groundFields = {
  bankruptcy: z.strictObject({ ...bankruptcyShape, caseNumber: reference() }).optional(),
  estate: z.strictObject({ ...estateShape, reference: reference() }).optional(),
  qmb: z.strictObject({ ...qmbShape, reference: reference() }).optional(),
}
