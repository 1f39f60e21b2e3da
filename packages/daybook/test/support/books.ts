import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { imbalance, isPosting, isReceivable, isUnreadable, type Party } from '@daybook/core/kernel'
import { limits, type StoredEvent } from '@daybook/core/ports'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { type Desk, verifyChain } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { sha256 } from './desk.ts'

/** One event of the global log that is about money or claims, decoded; registry events are left out. */
export interface Entry {
  readonly stored: StoredEvent
  readonly event: AccountEvent | RemittanceEvent
}

/** The whole log, as stored. */
export const readLog = async ({ service }: Desk): Promise<readonly StoredEvent[]> => {
  const log: StoredEvent[] = []
  for (;;) {
    const page = await Effect.runPromise(
      service.store.readAll({ after: log.at(-1)?.position ?? 0, limit: limits.page }),
    )
    log.push(...page)
    if (page.length < limits.page) return log
  }
}

const decoded = (stored: StoredEvent): AccountEvent | RemittanceEvent | undefined => {
  const codec = stored.stream.startsWith('account-')
    ? accountCodec
    : stored.stream.startsWith('remittance-')
      ? remittanceCodec
      : undefined
  const event = codec?.decode(stored)
  if (event && isUnreadable(event)) throw new Error(`${stored.type} can not be read: ${event.reason}`)
  return event
}

export const entriesOf = (log: readonly StoredEvent[]): readonly Entry[] =>
  log.flatMap((stored) => {
    const event = decoded(stored)
    return event ? [{ stored, event }] : []
  })
export const entries = async (desk: Desk): Promise<readonly Entry[]> => entriesOf(await readLog(desk))

/** Law P6: what the trial balance is off by after each event of the log; empty when it is 0 throughout. */
export const unbalancedPrefixes = (log: readonly Entry[]): readonly string[] => {
  let balance = 0
  return log.flatMap(({ stored, event }) => {
    balance += isPosting(event) ? imbalance(event) : 0
    return balance === 0 ? [] : [`@${stored.position} ${event.type}: ${balance}`]
  })
}

/** Control accounts, debit-positive, those at zero left out; `fold` names the account an entry is added to. */
export const controlOf = (
  log: readonly Entry[],
  fold: (account: string) => string = (account) => account,
): Readonly<Record<string, number>> => {
  const totals: Record<string, number> = {}
  for (const { event } of log) {
    if (!isPosting(event)) continue
    for (const { account, amount } of event.contra) totals[fold(account)] = (totals[fold(account)] ?? 0) + amount
  }
  return Object.fromEntries(Object.entries(totals).filter(([, amount]) => amount !== 0))
}

/** Without the payer, remittance or category that some accounts carry after a colon; PLB codes stay. */
export const accountName = (account: string): string =>
  account.startsWith('providerAdjustment:') ? account : (account.split(':', 1)[0] ?? account)

const partyName = (party: Party): string => (party === 'patient' ? party : party.coverageId)

/** Receivable by what a function says of an effect. */
export const receivableBy = (
  log: readonly Entry[],
  by: (effect: { readonly party: string; readonly lineId: string }) => string,
): Readonly<Record<string, number>> => {
  const totals: Record<string, number> = {}
  for (const { event } of log) {
    if (!isPosting(event)) continue
    for (const { party, lineId, stage, amount } of event.effects) {
      if (!isReceivable(stage)) continue
      const key = by({ party: partyName(party), lineId })
      totals[key] = (totals[key] ?? 0) + amount
    }
  }
  return totals
}

/** A remittance's clearing account with what it ought to hold: Σ CLP04 of the claims that no account has yet. */
interface Clearing {
  readonly paid: Map<number, number>
  open: boolean
  balance: number
}

/** Law P1: what payerClearing is off by after each command of the log; empty when it always was Σ CLP04 not yet posted. */
export const clearingFaults = (log: readonly Entry[]): readonly string[] => {
  const byAccount = new Map<string, Clearing>()
  const clearingOf = (remittanceId: string): Clearing => {
    const known = byAccount.get(remittanceId) ?? { paid: new Map(), open: false, balance: 0 }
    byAccount.set(remittanceId, known)
    return known
  }
  return log.flatMap(({ stored, event }, at) => {
    const own = clearingOf(stored.stream.slice('remittance-'.length))
    if (event.type === 'RemittanceClaimsRecorded') {
      for (const claim of event.claims) own.paid.set(claim.number, claim.paid ?? 0)
    }
    if (event.type === 'RemittanceOpened') own.open = true
    if (event.type === 'RemittanceClaimRejected') for (const claim of event.claims) own.paid.delete(claim)
    if ((event.type === 'ClaimAdjudicated' || event.type === 'AdjudicationReversed') && 'claim' in event.source) {
      clearingOf(event.source.remittanceId).paid.delete(event.source.claim)
    }
    for (const { account, amount } of isPosting(event) ? event.contra : []) {
      if (account.startsWith('payerClearing:')) clearingOf(account.slice('payerClearing:'.length)).balance -= amount
    }
    const next = log[at + 1]?.stored
    if (next?.stream === stored.stream && next.commandId === stored.commandId) return []
    return [...byAccount].flatMap(([id, { paid, open, balance }]) => {
      const unposted = open ? [...paid.values()].reduce((sum, amount) => sum + amount, 0) : 0
      return balance === unposted ? [] : [`@${stored.position} ${id} holds ${balance}, not posted are ${unposted}`]
    })
  })
}

/** Streams whose hash chain does not verify. */
export const brokenChains = ({ service }: Desk, log: readonly StoredEvent[]): readonly string[] => {
  const streams = new Map<string, StoredEvent[]>()
  for (const event of log) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event])
  return [...streams.values()].flatMap((events) => {
    const check = verifyChain(events, sha256, service.store.origin)
    return check.ok ? [] : [check.fault.message]
  })
}
