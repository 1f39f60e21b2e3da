import { z } from 'zod'
import { cents } from '../kernel/cents.ts'
import { classified, code, phi, pii, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'

/**
 * A submitted claim as a typed document: ASC X12 837 professional, institutional or dental (004010 and 005010).
 * Field names say the X12 element. Readers put in what was written; nothing is computed or repaired.
 */
const number = () => classified(z.int().positive(), 'count')

/** A person as an 837 names one: NM1, N3/N4, DMG. */
export const submittedPerson = z.strictObject({
  last: phi(z.string().max(80)).optional(),
  first: phi(z.string().max(35)).optional(),
  middle: phi(z.string().max(25)).optional(),
  /** NM107: Jr, III. */
  suffix: phi(z.string().max(10)).optional(),
  /** NM109: member or patient identifier. */
  id: phi(z.string().max(80)).optional(),
  /** DMG02. */
  born: phi(day).optional(),
  /** DMG03. */
  sex: phi(z.string().max(1)).optional(),
  address: z
    .strictObject({
      lines: z.array(phi(z.string().max(55))),
      city: phi(z.string().max(30)).optional(),
      state: code(2).optional(),
      postalCode: phi(z.string().max(15)).optional(),
    })
    .optional(),
})
export interface SubmittedPerson extends z.infer<typeof submittedPerson> {}

/** A coverage named in an 837: loop 2000B/2010BB (destination payer) or 2320/2330B (other payer). */
export const submittedCoverage = z.strictObject({
  /** SBR01: P primary, S secondary, T tertiary, A–H, U unknown. */
  sequence: text(1),
  /** SBR02 or PAT01: relationship of the patient to the subscriber; 18 = self. */
  relationship: text(2),
  /** SBR03, SBR04. */
  groupNumber: text(50).optional(),
  /** SBR09: claim filing indicator. */
  filingIndicator: text(2),
  payerName: text(80),
  /** NM109 of the payer, with its qualifier NM108 (PI, XV). */
  payerId: text(80).optional(),
  payerIdQualifier: text(2).optional(),
  memberId: phi(z.string().max(80)).optional(),
  subscriber: submittedPerson,
  /** 2320 AMT*D: what this other payer is said to have paid. A statement, never cash. */
  statedPaid: cents.optional(),
})
export interface SubmittedCoverage extends z.infer<typeof submittedCoverage> {}

/** One service line: loop 2400. */
export const submittedLine = z.strictObject({
  /** LX01 as a 1-based place. */
  number: number(),
  /** SV101/SV202/SV301 code and modifiers; absent on institutional lines that have a revenue code only. */
  code: code(48).optional(),
  modifiers: z.array(code(10)),
  /** SV201. */
  revenueCode: code(48).optional(),
  charge: cents,
  /** SV104 / SV205 / SV306, as written. */
  units: classified(z.string().max(15), 'count'),
  placeOfService: text(2).optional(),
  diagnosisPointers: z.array(classified(z.int().positive(), 'count')),
  /** DTP 472; else the statement dates of the claim. */
  serviceFrom: day.optional(),
  serviceTo: day.optional(),
  /** REF 6R. */
  lineControlNumber: code(50).optional(),
})
export interface SubmittedLine extends z.infer<typeof submittedLine> {}

/** One claim: loop 2300 (CLM) with the provider, subscriber, patient and payer around it. */
export const submittedClaim = z.strictObject({
  /** 1-based place in the transaction, and the segment it starts at. */
  number: number(),
  segment: number(),
  kind: classified(z.enum(['professional', 'institutional', 'dental']), 'code'),
  /** CLM01; empty only on a claim with a defect. */
  patientControlNumber: text(50),
  /** CLM02. Where it is missing or no amount, it stands as 0 and the claim has a defect; so does the charge of a line. */
  charge: cents,
  /** CLM05-1, -2, -3. Frequency as written: 1 original, 7 replacement, 8 void. */
  placeOfService: text(2).optional(),
  frequency: text(10),
  /** REF F8: payer control number of the claim that this one replaces or voids. */
  originalReference: text(50).optional(),
  /** DTP 434/435 or 472 at claim level. */
  statementFrom: day.optional(),
  statementTo: day.optional(),
  /** AMT*F5: what the patient is said to have paid. A statement, never cash. */
  patientPaid: cents.optional(),
  billingProvider: z.strictObject({ name: text(80), id: text(80).optional(), taxId: text(50).optional() }),
  renderingProvider: z.strictObject({ name: pii(z.string().max(80)), id: text(80).optional() }).optional(),
  /** HI BK/ABK first, then the others, in order. Clinical: PHI. */
  diagnoses: z.array(phi(z.string().max(30))),
  patient: submittedPerson,
  /** The payer that this claim is sent to. */
  destination: submittedCoverage,
  otherCoverages: z.array(submittedCoverage),
  lines: z.array(submittedLine),
  defects: z.array(text(400)),
  findings: z.array(text(400)),
})
export interface SubmittedClaim extends z.infer<typeof submittedClaim> {}

/** One 837 transaction set. */
export const claimSubmission = z.strictObject({
  controlNumber: text(35),
  version: text(12),
  /** BHT03, BHT04. */
  reference: text(50),
  created: day.optional(),
  /** BHT02: 00 original, 18 reissue. */
  purpose: text(2),
  claims: z.array(submittedClaim),
})
export interface ClaimSubmission extends z.infer<typeof claimSubmission> {}
