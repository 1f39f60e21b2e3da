import type { Day } from '../../kernel/day.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import type {
  InquirerVerified,
  InquiryAnswered,
  InquiryEscalated,
  InquiryExtended,
  InquiryId,
  InquiryReceived,
} from './events.ts'

export interface Verified {
  readonly identifier: string
  readonly on: Day
}

/** One inquiry, and what became of it. */
export interface Inquiry {
  readonly inquiryId: InquiryId
  readonly topic: InquiryReceived['topic']
  readonly channel: InquiryReceived['channel']
  readonly by: InquiryReceived['by']
  readonly receivedOn: Day
  /** By what who asked was verified, each once, with the day from which it counts. */
  readonly verified: readonly Verified[]
  readonly escalated?: { readonly on: Day; readonly to: InquiryEscalated['to'] }
  /** More time was taken: it is answered by then. */
  readonly extendedTo?: Day
  readonly answeredOn?: Day
}

const ofInquiries = {
  where: { open: ({ answeredOn }: Inquiry) => answeredOn === undefined },
} satisfies Questions<Inquiry>

/** All inquiries of the account, answered ones too. */
export interface InquiryState {
  readonly inquiries: ReadonlyTable<InquiryId, Inquiry, typeof ofInquiries>
}
export interface InquiryBuilder {
  inquiries: Table<InquiryId, Inquiry, typeof ofInquiries>
}

export const initial = (): InquiryBuilder => ({ inquiries: new Table(ofInquiries) })
export const builderOf = (state: InquiryState): InquiryBuilder => ({ inquiries: state.inquiries.next() })

/** Each identifier once, from the first day on which it was seen. */
const joined = (known: readonly Verified[], identifiers: readonly string[], on: Day): readonly Verified[] => {
  const all = [...known, ...identifiers.map((identifier) => ({ identifier, on }))]
  const byDay = all.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return byDay.filter(({ identifier }, at) => byDay.findIndex((one) => one.identifier === identifier) === at)
}

/** How many identifiers had been seen by a day. */
export const verifiedOn = ({ verified }: Inquiry, on: Day): number => verified.filter((one) => one.on <= on).length

const update = (slice: InquiryBuilder, id: InquiryId, change: (inquiry: Inquiry) => Inquiry): void => {
  const inquiry = slice.inquiries.get(id)
  if (inquiry) slice.inquiries.set(id, change(inquiry))
}

export const evolve = {
  InquiryReceived: (slice: InquiryBuilder, event: InquiryReceived) => {
    const { inquiryId, topic, channel, by, identifiers, effectiveDate: receivedOn } = event
    slice.inquiries.set(inquiryId, {
      inquiryId,
      topic,
      channel,
      by,
      receivedOn,
      verified: joined([], identifiers, receivedOn),
    })
  },
  InquirerVerified: (slice: InquiryBuilder, { inquiryId, identifiers, effectiveDate }: InquirerVerified) =>
    update(slice, inquiryId, (inquiry) => ({
      ...inquiry,
      verified: joined(inquiry.verified, identifiers, effectiveDate),
    })),
  InquiryAnswered: (slice: InquiryBuilder, { inquiryId, effectiveDate }: InquiryAnswered) =>
    update(slice, inquiryId, (inquiry) => ({ ...inquiry, answeredOn: effectiveDate })),
  InquiryEscalated: (slice: InquiryBuilder, { inquiryId, to, effectiveDate: on }: InquiryEscalated) =>
    update(slice, inquiryId, (inquiry) => ({ ...inquiry, escalated: { on, to } })),
  InquiryExtended: (slice: InquiryBuilder, { inquiryId, until }: InquiryExtended) =>
    update(slice, inquiryId, (inquiry) => ({ ...inquiry, extendedTo: until })),
}
