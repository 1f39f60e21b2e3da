import { z } from 'zod'
import { cents } from '../kernel/cents.ts'
import { classified, code, oneOf, phi, text } from '../kernel/classes.ts'
import { day } from '../kernel/day.ts'

/**
 * A remittance advice as a typed document, whatever it came from: ASC X12 835 (005010X221A1 and 004010X091A1) today.
 * Amounts are integer cents; nothing is computed or repaired here: readers put in what the payer wrote.
 */

const rate = (max = 30) => classified(z.string().max(max), 'count')

/** One adjustment: a triple of an X12 CAS segment. The amount is signed and may be zero (errata 5). */
export const adviceAdjustment = z.strictObject({
  /** CAS01: CO, PR, OA, PI, or CR (4010). */
  group: code(2),
  /** Claim adjustment reason code (CARC). */
  carc: code(5),
  amount: cents,
  quantity: rate().optional(),
})
export interface AdviceAdjustment extends z.infer<typeof adviceAdjustment> {}

/** A procedure identifier: X12 composite C003. `code` is what identifies the service, `modifiers` may be empty. */
export const procedure = z.strictObject({
  /** C003-01: HC, N4, NU, AD, ER, HP, IV, N6, UI, WK. */
  qualifier: text(2),
  /** C003-02; empty only on a claim with a defect. */
  code: text(48),
  modifiers: z.array(code(10)),
})
export interface Procedure extends z.infer<typeof procedure> {}

/** One service line: loop 2110 (SVC). */
export const adviceLine = z.strictObject({
  /** 1-based place in the claim. */
  number: classified(z.int().positive(), 'count'),
  /** SVC01: what the payer adjudicated. */
  adjudicated: procedure,
  /** SVC06: what was submitted, present when the payer changed it. */
  submitted: procedure.optional(),
  revenueCode: code(48).optional(),
  /** SVC02, SVC03. Where one is missing or no amount, it stands as 0 and the claim has a defect. */
  charge: cents,
  paid: cents,
  /** SVC05 and SVC07, as written. */
  unitsPaid: rate().optional(),
  unitsSubmitted: rate().optional(),
  /** DTM 472, else 150/151. */
  serviceFrom: day.optional(),
  serviceTo: day.optional(),
  /** REF 6R: our own line number, echoed. */
  lineControlNumber: code(50).optional(),
  adjustments: z.array(adviceAdjustment),
  /** LQ HE: remittance advice remark codes. */
  remarks: z.array(code(10)),
  /** AMT B6. */
  allowed: cents.optional(),
})
export interface AdviceLine extends z.infer<typeof adviceLine> {}

/** How a payer names a patient. */
const advicePatient = z.strictObject({
  /** NM1 09. */
  id: phi(z.string().max(80)).optional(),
  last: phi(z.string().max(60)).optional(),
  first: phi(z.string().max(35)).optional(),
  middle: phi(z.string().max(25)).optional(),
  /** NM1 07: Jr, III. */
  suffix: phi(z.string().max(10)).optional(),
})

/** One claim payment: loop 2100 (CLP). */
export const adviceClaim = z.strictObject({
  /** 1-based place in the transaction, and the segment (1-based within the interchange) it starts at. */
  number: classified(z.int().positive(), 'count'),
  segment: classified(z.int().positive(), 'count'),
  /** CLP01: our patient control number, echoed; empty where the payer returns none. */
  patientControlNumber: text(50),
  /** CLP02, as written: 1 2 3 4 19 20 21 22 23 25, or a 4010 value; empty only on a claim with a defect. */
  status: text(2),
  /** CLP03, CLP04; absent when the segment lacks them (such a claim is held). */
  charge: cents.optional(),
  paid: cents.optional(),
  /** CLP05: patient responsibility as stated. */
  patientResponsibility: cents.optional(),
  /** CLP06: claim filing indicator. */
  filingIndicator: text(2),
  /** CLP07: payer claim control number. */
  payerControlNumber: text(50),
  facilityType: text(2).optional(),
  frequency: text(1).optional(),
  /** NM1 QC; its id else of NM1 IL. */
  patient: advicePatient,
  /** NM1 74: what of it the payer has otherwise. A name is there only where no NM1 IL says that the insured is another person. */
  corrected: advicePatient.optional(),
  /** NM1 TT: the carrier that the claim was crossed over to. */
  crossover: z.strictObject({ name: text(60), id: text(80).optional() }).optional(),
  adjustments: z.array(adviceAdjustment),
  /** MIA05, MIA20–23, MOA03–07 and LQ at claim level. */
  remarks: z.array(code(10)),
  /** REF F8: original reference number. */
  originalReference: text(50).optional(),
  /** DTM 232/233. */
  statementFrom: day.optional(),
  statementTo: day.optional(),
  /** AMT I, AU, F5. Interest is not in CLP04. */
  interest: cents.optional(),
  coverageAmount: cents.optional(),
  patientPaid: cents.optional(),
  lines: z.array(adviceLine),
  /** What a reader had to notice about the text of this claim: unusable figures, shifted elements. Any holds the claim. */
  defects: z.array(text(400)),
  /** Oddities that hold nothing: a component separator other than the declared one. */
  findings: z.array(text(400)),
})
export interface AdviceClaim extends z.infer<typeof adviceClaim> {}

/** One provider-level adjustment: a pair of an X12 PLB segment. Positive reduces the payment, negative increases it. */
export const providerAdjustment = z.strictObject({
  provider: text(80),
  fiscalPeriodEnd: text(8),
  /** PLB03-1: reason code (WO, L6, FB, CS, 72 …). */
  code: code(2),
  /** PLB03-2: reference, a payer control number or trace. */
  reference: text(80),
  amount: cents,
})
export interface ProviderAdjustment extends z.infer<typeof providerAdjustment> {}

/** One payment with its claims: an X12 835 transaction set. */
export const remittanceAdvice = z.strictObject({
  /** ST02, and the version of ST03 or GS08. */
  controlNumber: text(35),
  version: text(12),
  payer: z.strictObject({
    name: text(80),
    /** N1 PR 03/04. */
    idQualifier: text(2).optional(),
    id: text(80).optional(),
    /** REF 2U. */
    additionalId: text(50).optional(),
  }),
  payee: z.strictObject({
    name: text(80),
    idQualifier: text(2).optional(),
    id: text(80).optional(),
    taxId: text(50).optional(),
  }),
  /** BPR01–04. Absent BPR or TRN: `payment` is absent and the transaction is skipped. */
  payment: z
    .strictObject({
      handling: text(2),
      /** BPR02 as written, in cents. */
      amount: cents,
      creditOrDebit: oneOf(['C', 'D']),
      /** BPR04: ACH, BOP, CHK, FWT, NON. */
      method: text(3),
      /** BPR16 as written; see `date`. */
      dateWritten: text(20),
      /** TRN02, TRN03. */
      trace: code(50),
      originator: text(20),
    })
    .optional(),
  /** The civil day the postings count from: BPR16, else DTM 405, else GS04 (clarification 12). */
  date: day.optional(),
  dateSource: oneOf(['BPR16', 'DTM405', 'GS04']).optional(),
  /** CUR02 other than USD holds the transaction. */
  currency: code(3).optional(),
  claims: z.array(adviceClaim),
  providerAdjustments: z.array(providerAdjustment),
})
export interface RemittanceAdvice extends z.infer<typeof remittanceAdvice> {}
