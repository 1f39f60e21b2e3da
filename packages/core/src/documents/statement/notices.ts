import { type Day, firstDay, toDay } from '../../kernel/day.ts'
import { type DatedNotice, noticesInForce } from '../notice.ts'

// What a statement has to say, by jurisdiction, as dated data. A text that was printed once stays here for ever under its
// id and version: a statement is printed again to the same bytes (law K6). To change one, add a version and end the older.

/** Whom and what a notice is for. */
export interface NoticeAsked {
  readonly on: Day
  readonly entityType: string
  /** Where care is given, and where the guarantor lives where that is known. */
  readonly states: readonly string[]
  readonly kind: 'statement' | 'letter'
}

export interface Notice extends DatedNotice<NoticeAsked> {
  /** Whether it must stand out (26 CFR 1.501(r)-4(b)(5)). */
  readonly conspicuous: boolean
}

const always = { from: firstDay }
const everywhere = (): boolean => true
const isHospital = ({ entityType }: NoticeAsked): boolean => entityType.startsWith('hospital')
const inState =
  (state: string) =>
  ({ states }: NoticeAsked): boolean =>
    states.includes(state)

const ofPolicy = {
  version: 1,
  jurisdiction: 'policy',
  provenance: 'POLICY',
  effective: always,
  conspicuous: false,
  appliesTo: everywhere,
} as const

/** In the order in which they are printed. */
export const notices: readonly Notice[] = [
  {
    id: 'NT-501r',
    version: 1,
    title: 'Financial assistance, 501(c)(3) hospitals',
    jurisdiction: 'federal (501(c)(3) hospitals)',
    citation: '26 CFR 1.501(r)-4(b)(5)',
    provenance: 'K',
    effective: { from: toDay('2016-01-01') },
    conspicuous: true,
    appliesTo: ({ entityType }) => entityType === 'hospital_501c3',
    text: 'You may be able to get help with this bill. Ask about financial assistance: call {assistancePhone}. Our policy, the application and a summary in plain language are at {assistanceUrl}.',
  },
  {
    ...ofPolicy,
    id: 'NT-assistance',
    title: 'Financial assistance',
    citation: 'reference §3.2',
    appliesTo: ({ entityType }) => entityType !== 'hospital_501c3',
    text: 'If you can not pay, ask us about financial assistance: {phone}.',
  },
  {
    ...ofPolicy,
    id: 'NT-plan',
    title: 'Payment plans',
    citation: 'reference §3.2',
    text: 'You may pay in parts. Ask us about a payment plan: {phone}.',
  },
  {
    ...ofPolicy,
    id: 'NT-itemised',
    title: 'Itemised bill',
    citation: 'reference §3.2; DS-08',
    text: 'You have a right to an itemised bill. Ask for it and you have it within 30 days, free of charge.',
  },
  {
    ...ofPolicy,
    id: 'NT-dispute',
    title: 'If something is wrong',
    citation: 'reference §3.2, §7.1',
    text: 'If you think that this bill is wrong, write or call us: {phone}. Say which service it is about. What you dispute is not asked for until we have answered you; the rest is.',
  },
  {
    id: 'NT-MN',
    version: 1,
    title: 'Minnesota',
    jurisdiction: 'MN',
    citation: 'Minn. Stat. 62J.806–.808; ch. 332C',
    provenance: 'V',
    effective: { from: toDay('2024-10-01') },
    conspicuous: false,
    appliesTo: inState('MN'),
    text: 'You may not be denied medically necessary care because of a medical debt. Medical debt is not reported to credit bureaus. You may ask an attorney for advice, and you may complain to the Minnesota Attorney General. Our policy on collecting medical debt is available from us.',
  },
  {
    id: 'NT-CA',
    version: 1,
    title: 'California hospitals',
    jurisdiction: 'CA',
    citation: 'Cal. Health & Safety Code 127420 and following',
    provenance: 'K',
    effective: always,
    conspicuous: true,
    appliesTo: (asked) => isHospital(asked) && inState('CA')(asked),
    text: 'If you have no insurance, or high costs, you may qualify for Medicare, Medi-Cal, coverage through Covered California, other programs, or our charity care or discounts. Ask for an application: {assistancePhone}.',
  },
  {
    id: 'NT-NY',
    version: 1,
    title: 'New York hospitals',
    jurisdiction: 'NY',
    citation: 'N.Y. Public Health Law 2807-k',
    provenance: 'V',
    effective: { from: toDay('2024-10-20') },
    conspicuous: true,
    appliesTo: (asked) => isHospital(asked) && inState('NY')(asked),
    text: 'You may apply for financial assistance at any time. Ask for an application: {assistancePhone}.',
  },
]

/** Which notices a document of a day carries. */
export const noticesFor = (asked: NoticeAsked): readonly { readonly id: string; readonly version: number }[] =>
  noticesInForce(notices, asked)
