import type { AdviceClaim, AdviceLine, ProviderAdjustment, RemittanceAdvice } from '@daybook/core/remittance'
import {
  claimOf,
  lineOf,
  takeAdjustments,
  takeClaimAmount,
  takeClaimDate,
  takeClaimHead,
  takeClaimName,
  takeLineDate,
  takeRemarks,
} from './advice-claim.ts'
import { AdviceHeader } from './advice-header.ts'
import { ClaimFaults } from './claim-faults.ts'
import { amount, type Segment, text } from './elements.ts'
import { takeProviderAdjustments } from './provider-adjustment.ts'
import type { TransactionContext, TransactionReader } from './transaction.ts'

/** Segments of the guide that hold nothing a remittance document keeps. */
const passedOver = new Set(['N2', 'N3', 'N4', 'PER', 'RDM', 'TS2', 'TS3', 'QTY', 'NTE'])

/**
 * Reads one 835, 005010X221A1 or 004010X091A1, as reference §12.6 lays it out. The order of segments within a claim or
 * a line does not matter (errata 18: CAS after NM1); what belongs to the claim stands before its first SVC.
 */
export class AdviceReader implements TransactionReader<RemittanceAdvice> {
  readonly #context: TransactionContext
  readonly #faults: ClaimFaults
  readonly #header: AdviceHeader
  readonly #claims: AdviceClaim[] = []
  readonly #providerAdjustments: ProviderAdjustment[] = []
  /** The header ends with the first LX, CLP or PLB. */
  #inHeader = true
  #claim: AdviceClaim | undefined
  #line: AdviceLine | undefined

  constructor(context: TransactionContext) {
    this.#context = context
    this.#faults = new ClaimFaults(context)
    this.#header = new AdviceHeader(context, this.#faults)
  }

  take(segment: Segment): void {
    switch (segment[0]) {
      case 'CLP':
        this.#beginClaim(segment)
        break
      case 'SVC':
        this.#beginLine(segment)
        break
      case 'LX':
        this.#leaveClaim()
        break
      case 'PLB':
        this.#leaveClaim()
        takeProviderAdjustments(this.#providerAdjustments, segment, this.#context, this.#faults)
        break
      case 'BPR':
      case 'TRN':
      case 'CUR':
      case 'N1':
        if (this.#inHeader) this.#header.take(segment)
        else this.#stray(segment)
        break
      case 'REF':
      case 'DTM':
        if (this.#inHeader) this.#header.take(segment)
        else this.#takeDetail(segment)
        break
      case 'CAS':
      case 'NM1':
      case 'MIA':
      case 'MOA':
      case 'AMT':
      case 'LQ':
        this.#takeDetail(segment)
        break
      default:
        if (!passedOver.has(segment[0] ?? '')) this.#unknown(segment)
    }
  }

  finish(): RemittanceAdvice {
    this.#leaveClaim()
    const { payer, payee, currency } = this.#header
    return {
      controlNumber: this.#context.controlNumber,
      version: this.#context.version,
      payer,
      payee,
      ...this.#header.finish(),
      ...(currency ? { currency } : {}),
      claims: this.#claims,
      providerAdjustments: this.#providerAdjustments,
    }
  }

  #beginClaim(segment: Segment): void {
    this.#inHeader = false
    const claim = claimOf(this.#claims.length + 1, this.#context.segmentNumber())
    this.#claims.push(claim)
    this.#claim = claim
    this.#line = undefined
    this.#faults.attendTo(claim)
    takeClaimHead(claim, segment, this.#faults)
  }

  #beginLine(segment: Segment): void {
    if (!this.#claim) {
      this.#context.problem('loopOutOfPlace', 'a service line (SVC) stands before any claim (CLP)', segment)
      return
    }
    const { component } = this.#context.separators
    this.#line = lineOf(segment, this.#claim.lines.length + 1, component, this.#faults)
    this.#claim.lines.push(this.#line)
  }

  #leaveClaim(): void {
    this.#inHeader = false
    this.#claim = undefined
    this.#line = undefined
    this.#faults.attendTo(undefined)
  }

  #takeDetail(segment: Segment): void {
    const claim = this.#claim
    if (!claim) {
      if (segment[0] !== 'CAS') {
        this.#stray(segment)
        return
      }
      this.#context.problem('loopOutOfPlace', 'an adjustment (CAS) stands outside any claim (CLP)', segment)
      return
    }
    if (this.#line) this.#takeLineDetail(this.#line, segment)
    else this.#takeClaimDetail(claim, segment)
  }

  #takeClaimDetail(claim: AdviceClaim, segment: Segment): void {
    const faults = this.#faults
    switch (segment[0]) {
      case 'CAS':
        takeAdjustments(claim.adjustments, segment, faults)
        break
      case 'NM1':
        takeClaimName(claim, segment, faults)
        break
      case 'MIA':
      case 'MOA':
        takeRemarks(claim, segment, faults)
        break
      case 'DTM':
        takeClaimDate(claim, segment, faults)
        break
      case 'AMT':
        takeClaimAmount(claim, segment, faults)
        break
      case 'LQ':
        this.#takeRemark(claim.remarks, segment)
        break
      case 'REF': {
        const reference = segment[1] === 'F8' ? text(segment, 2, 50, faults) : ''
        if (reference) claim.originalReference = reference
      }
    }
  }

  #takeLineDetail(line: AdviceLine, segment: Segment): void {
    const faults = this.#faults
    switch (segment[0]) {
      case 'CAS':
        takeAdjustments(line.adjustments, segment, faults)
        break
      case 'DTM':
        takeLineDate(line, segment, faults)
        break
      case 'LQ':
        this.#takeRemark(line.remarks, segment)
        break
      case 'AMT': {
        const allowed = segment[1] === 'B6' ? amount(segment, 2, faults) : undefined
        if (allowed !== undefined) line.allowed = allowed
        return
      }
      case 'REF': {
        const own = segment[1] === '6R' ? text(segment, 2, 50, faults) : ''
        if (own) line.lineControlNumber = own
      }
    }
  }

  /** LQ HE is a remittance advice remark; LQ RX, a pharmacy reject, is none. */
  #takeRemark(to: string[], segment: Segment): void {
    const remark = segment[1] === 'HE' ? text(segment, 2, 10, this.#faults) : ''
    if (remark) to.push(remark)
  }

  #stray(segment: Segment): void {
    this.#context.problem('strayedSegment', `${segment[0]} does not belong here in an 835`, segment)
  }

  #unknown(segment: Segment): void {
    const claim = this.#claim?.patientControlNumber
    this.#context.problem('unknownSegment', 'an 835 has no such segment', segment, claim)
  }
}
