import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { accountOfStream, isPersonStream, isRemittanceStream } from '@daybook/core/kernel'
import { type PersonEvent, personCodec } from '@daybook/core/person'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import type { Changes, Page, View } from '../runner/view.ts'
import {
  type AccountListed,
  accountAfter,
  type Indexed,
  type ListDocument,
  type PersonListing,
  type RemittanceListed,
  remittanceAfter,
  wordsOf,
} from './documents.ts'
import { personAfter, signKeysOf } from './likeness.ts'

type Listed = AccountEvent | RemittanceEvent | PersonEvent

const types = [
  'AccountOpened',
  'ClaimAdjudicated',
  'ClaimSubmitted',
  'ContactDatumAdded',
  'ContactDatumRetired',
  'CoverageAdded',
  'GuarantorConfirmed',
  'PatientPaymentPosted',
  'PatientRegistered',
  'PaymentCapturePending',
  'PersonOpened',
  'PlanProposed',
  'RemittanceClaimHeld',
  'RemittanceClaimPosted',
  'RemittanceClaimRejected',
  'RemittanceClosed',
  'RemittanceHeld',
  'RemittanceOpened',
  'RemittanceReceived',
  'RemittanceRejected',
  'VisitOpened',
] as const satisfies readonly Listed['type'][]

// A blank stands below every letter and digit: a whole word comes before the longer ones that begin with it.

/** `word smith <account>`: every account by every word of it. */
export const wordKey = (word: string, account = ''): string => `word ${word} ${account}`
/** Every index key of words that begin so. */
export const wordsFrom = (beginning: string): string => `word ${beginning}`
/** The word and the account of an index key. */
export const wordIn = (key: string): { readonly word: string; readonly account: string } => {
  const [, word = '', account = ''] = key.split(' ')
  return { word, account }
}

/** `name roe jo <account>`: every account once, by its guarantor's name as it sorts. */
const nameKey = ({ guarantor, account, patients }: AccountListed): string => {
  const name = guarantor.name ?? patients[0]?.name ?? ''
  const sorting = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, '_')
  return `name ${sorting} ${account}`
}

/** `payment 2026-11-10 <stream> <payment>`, `plan …`: by day, and by account, since an id is one account's own. */
export const dayKey = (kind: 'payment' | 'plan' | 'remittance', day: string, id: string): string =>
  `${kind} ${day} ${id}`

/** A payer and a coverage by their names. A coverage is its account's own: another may have one of the same id. */
export const payerKey = (payer: string): string => `payer ${payer}`
export const coverageKey = (account: string, coverage: string): string => `coverage ${account} ${coverage}`

/** What is in the index of an account, and of a person. */
const keysOf = (doc: ListDocument | undefined): ReadonlySet<string> => {
  if (doc?.kind === 'person') return new Set(signKeysOf(doc))
  if (doc?.kind !== 'account') return new Set()
  return new Set([nameKey(doc), ...[...wordsOf(doc).keys()].map((word) => wordKey(word, doc.account))])
}

const indexed = (account: string): Indexed => ({ kind: 'index', account })

/** Keys that an event adds for good. */
const addedBy = (stream: string, event: Listed): readonly string[] => {
  switch (event.type) {
    case 'PatientPaymentPosted':
    case 'PaymentCapturePending':
      return [dayKey('payment', event.receivedDate, `${stream} ${event.paymentId}`)]
    case 'PlanProposed':
      return [dayKey('plan', event.effectiveDate, `${stream} ${event.planId}`)]
    case 'RemittanceReceived':
      return [dayKey('remittance', event.effectiveDate, event.remittanceId)]
    default:
      return []
  }
}

const isAbout = (stream: string): boolean =>
  accountOfStream(stream) !== undefined || isRemittanceStream(stream) || isPersonStream(stream)

const documentAfter = (stream: string, before: ListDocument | undefined, event: Listed): ListDocument | undefined => {
  if (isPersonStream(stream)) return personAfter(before as PersonListing | undefined, event as PersonEvent)
  return accountOfStream(stream) === undefined
    ? remittanceAfter(before as RemittanceListed | undefined, event as RemittanceEvent)
    : accountAfter(before as AccountListed | undefined, event as AccountEvent)
}

const projectPage = (page: Page<Listed>, known: (key: string) => ListDocument | undefined): Changes<ListDocument> => {
  const changed = new Map<string, { readonly before: ListDocument | undefined; now: ListDocument | undefined }>()
  const write = new Map<string, ListDocument>()
  for (const { stored, event } of page.events) {
    const { stream } = stored
    const account = accountOfStream(stream)
    for (const key of addedBy(stream, event)) write.set(key, indexed(account ?? stream))
    if (event.type === 'CoverageAdded') {
      const { coverageId, payerId, payerName, patientId } = event
      write.set(payerKey(payerId), { kind: 'named', payerName })
      write.set(coverageKey(account ?? '', coverageId), {
        kind: 'named',
        payerName,
        patient: patientId,
        ...(account ? { account } : {}),
      })
    }
    const before = known(stream)
    const one = changed.get(stream) ?? { before, now: before }
    changed.set(stream, one)
    one.now = documentAfter(stream, one.now, event)
  }
  const put = new Map<string, ListDocument>()
  const drop = new Set<string>()
  for (const [stream, { before, now }] of changed) {
    if (!now) continue
    put.set(stream, now)
    const [earlier, keys] = [keysOf(before), keysOf(now)]
    // A person is found by their index key alone.
    const leadsTo = now.kind === 'account' ? now.account : now.kind === 'person' ? now.person : ''
    for (const key of keys) if (!earlier.has(key)) write.set(key, indexed(leadsTo))
    for (const key of earlier) if (!keys.has(key)) drop.add(key)
  }
  return { put, write, drop }
}

/**
 * What accounts, payments, plans and remittances are listed and found by, and by what persons look alike. It holds names,
 * birth days, member ids, phones and e-mails in clear, as the log does (decision 0017).
 */
export const listsView: View<Listed, ListDocument> = {
  view: 'lists',
  version: 5,
  types,
  decode: (stored) => {
    if (isPersonStream(stored.stream)) return personCodec.decode(stored)
    return accountOfStream(stored.stream) === undefined ? remittanceCodec.decode(stored) : accountCodec.decode(stored)
  },
  needs: ({ events }) => ({
    keys: new Set(events.map(({ stored }) => stored.stream).filter(isAbout)),
  }),
  project: (page, documents) => projectPage(page, documents.get),
}
