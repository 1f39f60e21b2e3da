import { type AccountEvent, accountCodec } from '@daybook/core/account'
import { delegationCodec } from '@daybook/core/delegation'
import { type DepositEvent, depositCodec } from '@daybook/core/deposit'
import { type Codec, formatCents, imbalance, isPosting, isUnreadable } from '@daybook/core/kernel'
import { migrationCodec } from '@daybook/core/migration'
import { type GroupEvent, groupCodec, type PersonEvent, personCodec } from '@daybook/core/person'
import { policyCodec } from '@daybook/core/policy'
import type { StoredEvent } from '@daybook/core/ports'
import { registryCodec } from '@daybook/core/registry'
import { type RemittanceEvent, remittanceCodec } from '@daybook/core/remittance'
import { submissionCodec } from '@daybook/core/submission'
import { misstated } from './amounts.ts'
import type { Finding } from './finding.ts'

/** What a stream's name says it holds. */
export type StreamKind =
  | 'account'
  | 'remittance'
  | 'deposit'
  | 'submission'
  | 'person'
  | 'group'
  | 'policy'
  | 'delegation'
  | 'ref'
  | 'migration'
  | 'unknown'

const kinds: ReadonlySet<string> = new Set<StreamKind>([
  'account',
  'remittance',
  'deposit',
  'submission',
  'person',
  'group',
  'policy',
  'delegation',
  'ref',
  'migration',
])
const isKind = (name: string): name is StreamKind => kinds.has(name)

export const kindOf = (stream: string): StreamKind => {
  const name = stream.slice(0, stream.indexOf('-'))
  return isKind(name) ? name : 'unknown'
}

/** An event that was read, as the other checks use it. */
export type CheckedEvent = { readonly position: number } & (
  | { readonly kind: 'account'; readonly event: AccountEvent }
  | { readonly kind: 'remittance'; readonly event: RemittanceEvent }
  | { readonly kind: 'deposit'; readonly event: DepositEvent }
  | { readonly kind: 'person'; readonly event: PersonEvent }
  | { readonly kind: 'group'; readonly event: GroupEvent }
)

/** One that moves money, or is of a payment. */
export type CheckedMoney = Extract<CheckedEvent, { readonly kind: 'account' | 'remittance' }>

const where = ({ stream, version, position }: StoredEvent) => ({ stream, version, position })

const unreadable = (stored: StoredEvent, why: string): Finding => ({
  check: 'readable',
  message: `${stored.stream} version ${stored.version} (${stored.type}) can not be read: ${why}`,
  ...where(stored),
})

const read = <E extends { readonly type: string }>(codec: Codec<E>, stored: StoredEvent): E | Finding => {
  const event = codec.decode(stored, true)
  if (!isUnreadable(event)) return event
  return unreadable(stored, event.reason === 'invalid' ? event.issues.join('; ') : event.reason)
}

const isFinding = (value: object): value is Finding => 'check' in value

const imbalanceOf = (stored: StoredEvent, event: object): readonly Finding[] => {
  if (!isPosting(event)) return []
  const amount = imbalance(event)
  if (amount === 0) return []
  const message = `${stored.stream} version ${stored.version} (${stored.type}) is ${formatCents(amount)} out of balance`
  return [{ check: 'balance', message, ...where(stored), amount }]
}

const misstatedIn = (stored: StoredEvent, event: AccountEvent): readonly Finding[] =>
  misstated(event).map((what) => ({
    check: 'balance',
    message: `${stored.stream} version ${stored.version} (${stored.type}) ${what}`,
    ...where(stored),
  }))

/** Reads one stored event against its schema, and looks whether it balances by itself. */
export const checkEvent = (
  stored: StoredEvent,
): { readonly event?: CheckedEvent; readonly findings: readonly Finding[] } => {
  const kind = kindOf(stored.stream)
  switch (kind) {
    case 'account': {
      const event = read(accountCodec, stored)
      if (isFinding(event)) return { findings: [event] }
      return {
        event: { kind, event, position: stored.position },
        findings: [...imbalanceOf(stored, event), ...misstatedIn(stored, event)],
      }
    }
    case 'remittance': {
      const event = read(remittanceCodec, stored)
      if (isFinding(event)) return { findings: [event] }
      return { event: { kind, event, position: stored.position }, findings: imbalanceOf(stored, event) }
    }
    case 'deposit': {
      const event = read(depositCodec, stored)
      if (isFinding(event)) return { findings: [event] }
      return { event: { kind, event, position: stored.position }, findings: [] }
    }
    case 'person': {
      const event = read(personCodec, stored)
      if (isFinding(event)) return { findings: [event] }
      return { event: { kind, event, position: stored.position }, findings: [] }
    }
    case 'group': {
      const event = read(groupCodec, stored)
      if (isFinding(event)) return { findings: [event] }
      return { event: { kind, event, position: stored.position }, findings: [] }
    }
    case 'submission': {
      const event = read(submissionCodec, stored)
      return { findings: isFinding(event) ? [event] : [] }
    }
    case 'policy': {
      const event = read(policyCodec, stored)
      return { findings: isFinding(event) ? [event] : [] }
    }
    case 'delegation': {
      const event = read(delegationCodec, stored)
      return { findings: isFinding(event) ? [event] : [] }
    }
    case 'ref': {
      const event = read(registryCodec, stored)
      return { findings: isFinding(event) ? [event] : [] }
    }
    case 'migration': {
      const event = read(migrationCodec, stored)
      return { findings: isFinding(event) ? [event] : [] }
    }
    case 'unknown':
      return { findings: [unreadable(stored, 'no aggregate has streams of this name')] }
  }
}
