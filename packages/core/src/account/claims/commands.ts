import { z } from 'zod'
import { classified } from '../../kernel/classes.ts'
import { day } from '../../kernel/day.ts'
import { accountId, patientId, payerId, remittanceId, visitId } from '../../kernel/ids.ts'
import { adviceClaim } from '../../remittance/advice.ts'

/** One unit of a remittance, from the posting process (or a person who releases a held claim). */
export const postRemittedClaims = z.strictObject({
  type: z.literal('PostRemittedClaims'),
  /** BPR16 or its stand-in. */
  on: day,
  remittanceId,
  payer: z.strictObject({ payerId, payerName: classified(z.string().max(80), 'code') }),
  /** The remittance carries PLB CT or CR. */
  capitation: z.boolean(),
  claims: z.array(adviceClaim).min(1),
  visit: z.union([
    z.strictObject({ known: visitId }),
    /** Never seen: opened inside the unit (`--open-missing`). */
    z.strictObject({ open: z.strictObject({ accountId, patientId, visitId }) }),
  ]),
})
export type PostRemittedClaims = z.output<typeof postRemittedClaims>

/** What the desk and its processes may ask of claims. Wire contract of the command line and the API. */
export const claimCommands = [postRemittedClaims] as const
export type ClaimCommand = z.output<(typeof claimCommands)[number]>
