import type { SubmittedClaim, SubmittedPerson } from '@daybook/core/account'
import { type Faults, type Segment, text, written } from './elements.ts'
import { takePersonName } from './person-name.ts'
import {
  type BillingLevel,
  emptyBilling,
  emptyCoverage,
  type PatientLevel,
  type SubscriberLevel,
  takeBillingProvider,
  takePayer,
  takePersonDetail,
  takeSubscriber,
  takeSubscriberInformation,
  takeTaxId,
} from './submission-parties.ts'
import type { TransactionContext } from './transaction.ts'

type Parties = Pick<SubmittedClaim, 'billingProvider' | 'patient' | 'destination'>

/**
 * The hierarchical levels of an 837: 20 billing provider, 22 subscriber, 23 patient. Without a level 23 the subscriber
 * is the patient. A level whose parent (HL02) is not on file hangs on the last level of the kind it needs, and that is
 * a finding.
 */
export class SubmissionLevels {
  readonly #context: TransactionContext
  readonly #faults: Faults
  readonly #byNumber = new Map<string, BillingLevel | SubscriberLevel | PatientLevel>()
  #billing: BillingLevel | undefined
  #subscriber: SubscriberLevel | undefined
  #patient: PatientLevel | undefined
  #open: BillingLevel | SubscriberLevel | PatientLevel | undefined
  /** Whom N3, N4 and DMG describe, and what the last NM1 named. */
  #person: SubmittedPerson | undefined
  #entity = ''

  constructor(context: TransactionContext, faults: Faults) {
    this.#context = context
    this.#faults = faults
  }

  /** HL. */
  enter(segment: Segment): void {
    const number = written(segment, 1)
    const code = written(segment, 3)
    const parent = this.#byNumber.get(written(segment, 2))
    this.#person = undefined
    this.#entity = ''
    if (this.#byNumber.has(number)) this.#finding('HL01 repeats the number of an earlier level', segment)
    if (code === '20') {
      this.#open = this.#billing = emptyBilling()
      this.#subscriber = this.#patient = undefined
    } else if (code === '22') {
      if (parent?.level !== '20') this.#finding('the parent (HL02) of this subscriber is no billing provider', segment)
      const billing = parent?.level === '20' ? parent : (this.#billing ?? emptyBilling())
      this.#open = this.#subscriber = { level: '22', billing, coverage: emptyCoverage() }
      this.#patient = undefined
    } else if (code === '23') {
      if (parent?.level !== '22') this.#finding('the parent (HL02) of this patient is no subscriber', segment)
      const subscriber = parent?.level === '22' ? parent : this.#subscriber
      if (!subscriber) {
        this.#open = undefined
        return
      }
      this.#open = this.#patient = { level: '23', subscriber, relationship: '', person: {} }
    } else {
      this.#finding('HL03 is neither 20, 22 nor 23; the level was passed over', segment)
      this.#open = undefined
    }
    if (this.#open) this.#byNumber.set(number, this.#open)
  }

  /** SBR, PAT, NM1, N3, N4, DMG and REF before a claim. */
  take(segment: Segment): void {
    const open = this.#open
    const faults = this.#faults
    if (segment[0] === 'NM1') {
      this.#name(segment)
      return
    }
    if (segment[0] === 'N3' || segment[0] === 'N4' || segment[0] === 'DMG') {
      if (this.#person) takePersonDetail(this.#person, segment, faults)
    } else if (segment[0] === 'SBR' && open?.level === '22') takeSubscriberInformation(open.coverage, segment, faults)
    else if (segment[0] === 'PAT' && open?.level === '23') open.relationship = text(segment, 1, 2, faults)
    else if (segment[0] === 'REF' && open?.level === '20' && this.#entity === '85') takeTaxId(open, segment, faults)
  }

  /** Whom the claim that begins now is for, and the loop it lacks. */
  forClaim(): { readonly parties: Parties; readonly missing: string | undefined } {
    const patient = this.#patient
    const subscriber = patient?.subscriber ?? this.#subscriber
    if (!subscriber) {
      const billingProvider = this.#billing?.provider ?? emptyBilling().provider
      return {
        parties: { billingProvider, patient: {}, destination: emptyCoverage() },
        missing: 'a subscriber level (HL 22)',
      }
    }
    const { coverage } = subscriber
    const relationship = patient?.relationship || coverage.relationship
    return {
      parties: {
        billingProvider: subscriber.billing.provider,
        patient: patient ? patient.person : coverage.subscriber,
        destination: { ...coverage, relationship },
      },
      missing: subscriber.billing.provider.name === '' ? 'a billing provider level (HL 20)' : undefined,
    }
  }

  #name(segment: Segment): void {
    const open = this.#open
    const faults = this.#faults
    this.#entity = written(segment, 1)
    this.#person = undefined
    if (this.#entity === '85' && open?.level === '20') takeBillingProvider(open, segment, faults)
    else if (this.#entity === 'IL' && open?.level === '22') {
      takeSubscriber(open.coverage, segment, faults)
      this.#person = open.coverage.subscriber
    } else if (this.#entity === 'PR' && open?.level === '22') takePayer(open.coverage, segment, faults)
    else if (this.#entity === 'PR' && open?.level === '23') takePayer(open.subscriber.coverage, segment, faults)
    else if (this.#entity === 'QC' && open?.level === '23') {
      takePersonName(open.person, segment, faults)
      this.#person = open.person
    }
  }

  #finding(message: string, segment: Segment): void {
    this.#context.problem('hierarchy', message, segment)
  }
}
