import type {
  ClaimSubmission,
  SubmittedClaim,
  SubmittedCoverage,
  SubmittedLine,
  SubmittedPerson,
} from '@daybook/core/account'
import { ZERO } from '@daybook/core/kernel'
import { ClaimFaults } from './claim-faults.ts'
import { codeSetFindings } from './diagnosis-codes.ts'
import { amount, dayAt, type Segment, text, written } from './elements.ts'
import {
  DiagnosisList,
  isService,
  takeClaimInformation,
  takeClaimPeriod,
  takePatientPaid,
  takeService,
  takeServiceDate,
} from './submission-claim.ts'
import { SubmissionLevels } from './submission-levels.ts'
import {
  emptyCoverage,
  providerName,
  takePayer,
  takePersonDetail,
  takeSubscriber,
  takeSubscriberInformation,
} from './submission-parties.ts'
import type { TransactionContext, TransactionReader } from './transaction.ts'

/** Segments of the guides that hold nothing a submission document keeps. */
const passedOver = new Set(
  (
    'PER PRV CUR PWK CN1 NTE K3 CR1 CR2 CR3 CR4 CR5 CR6 CR7 CR8 CRC HCP QTY CL1 OI MIA MOA CAS SVD LIN CTP MEA PS1 ' +
    'IMM DN1 DN2 TOO SV4 SV5 SV6 SV7 HSD LQ FRM LS LE N2 UC DSB UR III'
  ).split(' '),
)

/**
 * Reads one 837 (professional, institutional or dental; 004010 and 005010) as reference §12.7 lays it out. Who a claim
 * is for comes from the hierarchical levels before it; within a claim, other coverages (2320) stand before the lines.
 */
export class SubmissionReader implements TransactionReader<ClaimSubmission> {
  readonly #context: TransactionContext
  readonly #faults: ClaimFaults
  readonly #levels: SubmissionLevels
  readonly #claims: SubmittedClaim[] = []
  #beginning: Pick<ClaimSubmission, 'reference' | 'created' | 'purpose'> | undefined
  #claim: SubmittedClaim | undefined
  #diagnoses = new DiagnosisList()
  #dateRank = Number.POSITIVE_INFINITY
  /** Loop 2320 of the open claim. */
  #other: SubmittedCoverage | undefined
  /** Whom N3, N4 and DMG in loop 2320 describe. */
  #otherPerson: SubmittedPerson | undefined
  /** In loop 2400, from LX. */
  #inLines = false
  #line: SubmittedLine | undefined

  constructor(context: TransactionContext) {
    this.#context = context
    this.#faults = new ClaimFaults(context)
    this.#levels = new SubmissionLevels(context, this.#faults)
  }

  take(segment: Segment): void {
    switch (segment[0]) {
      case 'BHT':
        this.#begin(segment)
        break
      case 'HL':
        this.#leaveClaim()
        this.#levels.enter(segment)
        break
      case 'CLM':
        this.#beginClaim(segment)
        break
      case 'SBR':
      case 'PAT':
      case 'NM1':
      case 'N3':
      case 'N4':
      case 'DMG':
      case 'REF':
        if (!this.#claim) {
          this.#levels.take(segment)
          return
        }
        this.#takeClaimSegment(this.#claim, segment)
        break
      case 'LX':
      case 'SV1':
      case 'SV2':
      case 'SV3':
      case 'HI':
      case 'DTP':
      case 'AMT':
        if (this.#claim) {
          this.#takeClaimSegment(this.#claim, segment)
          return
        }
        if (segment[0] !== 'DTP' && segment[0] !== 'AMT') this.#outOfPlace(segment)
        break
      default:
        if (!passedOver.has(segment[0] ?? '')) this.#unknown(segment)
    }
  }

  finish(): ClaimSubmission {
    this.#leaveClaim()
    if (!this.#beginning) this.#context.problem('noBeginning', 'the transaction has no BHT segment')
    return {
      controlNumber: this.#context.controlNumber,
      version: this.#context.version,
      ...(this.#beginning ?? { reference: '', purpose: '' }),
      claims: this.#claims,
    }
  }

  #begin(segment: Segment): void {
    const created = dayAt(segment, 4, this.#faults)
    this.#beginning = {
      purpose: text(segment, 2, 2, this.#faults),
      reference: text(segment, 3, 50, this.#faults),
      ...(created ? { created } : {}),
    }
  }

  #beginClaim(segment: Segment): void {
    this.#leaveClaim()
    const { parties, missing } = this.#levels.forClaim()
    const claim: SubmittedClaim = {
      number: this.#claims.length + 1,
      segment: this.#context.segmentNumber(),
      kind: 'professional',
      patientControlNumber: '',
      charge: ZERO,
      frequency: '',
      ...parties,
      diagnoses: [],
      otherCoverages: [],
      lines: [],
      defects: [],
      findings: [],
    }
    this.#claims.push(claim)
    this.#claim = claim
    this.#diagnoses = new DiagnosisList()
    this.#dateRank = Number.POSITIVE_INFINITY
    this.#faults.attendTo(claim)
    if (missing) this.#faults.defect(segment, 1, `stands outside ${missing}`)
    takeClaimInformation(claim, segment, this.#context.separators.component, this.#context.version, this.#faults)
  }

  #leaveClaim(): void {
    const claim = this.#claim
    if (!claim) return
    if (this.#inLines && !this.#line) claim.defects.push('the last LX has no service (SV1, SV2 or SV3)')
    claim.diagnoses = this.#diagnoses.finish()
    for (const line of claim.lines) {
      if (line.serviceFrom === undefined && claim.statementFrom) line.serviceFrom = claim.statementFrom
      if (line.serviceTo === undefined && claim.statementTo) line.serviceTo = claim.statementTo
    }
    claim.findings.push(...codeSetFindings(claim, this.#diagnoses.qualifiers))
    this.#claim = undefined
    this.#other = undefined
    this.#otherPerson = undefined
    this.#inLines = false
    this.#line = undefined
    this.#faults.attendTo(undefined)
  }

  #takeClaimSegment(claim: SubmittedClaim, segment: Segment): void {
    if (segment[0] === 'LX' || isService(segment[0])) {
      this.#takeService(claim, segment)
      return
    }
    if (this.#inLines) {
      this.#takeLineSegment(segment)
      return
    }
    if (segment[0] === 'SBR') {
      this.#beginOther(claim, segment)
      return
    }
    if (this.#other) {
      this.#takeOther(this.#other, segment)
      return
    }
    const faults = this.#faults
    switch (segment[0]) {
      case 'HI':
        this.#diagnoses.take(segment, this.#context.separators.component, faults)
        break
      case 'DTP':
        this.#dateRank = takeClaimPeriod(claim, segment, this.#dateRank, faults)
        break
      case 'AMT':
        takePatientPaid(claim, segment, faults)
        break
      case 'REF': {
        const reference = segment[1] === 'F8' ? text(segment, 2, 50, faults) : ''
        if (reference) claim.originalReference = reference
        return
      }
      case 'NM1': {
        if (segment[1] !== '82') return
        const id = text(segment, 9, 80, faults)
        claim.renderingProvider = { name: providerName(segment, faults), ...(id ? { id } : {}) }
      }
    }
  }

  #takeService(claim: SubmittedClaim, segment: Segment): void {
    if (segment[0] === 'LX') {
      if (this.#inLines && !this.#line) this.#faults.defect(segment, 1, 'follows an LX without a service')
      this.#inLines = true
      this.#line = undefined
      return
    }
    this.#inLines = true
    this.#line = takeService(claim, segment, this.#context.separators.component, this.#faults)
  }

  #takeLineSegment(segment: Segment): void {
    const line = this.#line
    if (!line) return
    if (segment[0] === 'DTP') takeServiceDate(line, segment, this.#faults)
    if (segment[0] === 'REF' && segment[1] === '6R') {
      const own = text(segment, 2, 50, this.#faults)
      if (own) line.lineControlNumber = own
    }
  }

  #beginOther(claim: SubmittedClaim, segment: Segment): void {
    const other = emptyCoverage()
    takeSubscriberInformation(other, segment, this.#faults)
    claim.otherCoverages.push(other)
    this.#other = other
    this.#otherPerson = other.subscriber
  }

  #takeOther(other: SubmittedCoverage, segment: Segment): void {
    const faults = this.#faults
    switch (segment[0]) {
      case 'AMT': {
        // D is the payer's payment; 4010 institutional guides write C4 for it.
        const paid = segment[1] === 'D' || segment[1] === 'C4' ? amount(segment, 2, faults) : undefined
        if (paid !== undefined) other.statedPaid = paid
        return
      }
      case 'NM1':
        this.#otherPerson = segment[1] === 'IL' ? other.subscriber : undefined
        if (segment[1] === 'IL') takeSubscriber(other, segment, faults)
        if (segment[1] === 'PR') takePayer(other, segment, faults)
        break
      case 'N3':
      case 'N4':
      case 'DMG':
        if (this.#otherPerson) takePersonDetail(this.#otherPerson, segment, faults)
    }
  }

  #outOfPlace(segment: Segment): void {
    this.#context.problem('loopOutOfPlace', `${written(segment, 0)} stands before any claim (CLM)`, segment)
  }

  #unknown(segment: Segment): void {
    const claim = this.#claim?.patientControlNumber
    this.#context.problem('unknownSegment', 'an 837 has no such segment', segment, claim)
  }
}
