import type { PersonCommandInput } from '@daybook/core/person'
import type { Book } from '../../../src/index.ts'

// What the desk of a year does, one step after the other. A step has its instant and its command id, so that done again
// after the machine was gone it is the same command.

/** Who looks at what: desk roles that see all of an account, a part of it, or nothing of somebody. */
export const lookers = ['rep', 'frontDesk', 'cashPoster', 'coder', 'vendor', 'auditor', 'compliance'] as const
export type Role = (typeof lookers)[number]
export type LookedAt = 'account' | 'history' | 'explain' | 'person' | 'statement' | 'may'

export type AccountCommandInput = Parameters<Book['execute']>[1]

export type Deed =
  | {
      readonly kind: 'open'
      readonly account: string
      readonly name: string
      readonly born: string
      readonly state: string
    }
  | {
      readonly kind: 'meet'
      readonly person: string
      readonly account: string
      readonly name: string
      readonly born?: string
      readonly role: 'guarantor' | 'parent' | 'patient'
    }
  | {
      readonly kind: 'account'
      readonly account: string
      readonly command: AccountCommandInput
      /** Who gives it, in the place of whom; absent: the desk, in its own name. */
      readonly actor?: { readonly id: string; readonly onBehalfOf: string }
    }
  | { readonly kind: 'person'; readonly person: string; readonly command: PersonCommandInput }
  /** Somebody looks at an account or at who answers for it. */
  | {
      readonly kind: 'look'
      readonly of: LookedAt
      readonly about: { readonly account: string; readonly person: string }
      readonly by: string
      readonly role: Role
      /** Asks for what the role may see, the rest masked; else for all or nothing. */
      readonly limited: boolean
    }
  /** One does the work of another until a day; and no longer. */
  | {
      readonly kind: 'delegate'
      readonly delegation: string
      readonly from: string
      readonly to: string
      readonly until: string
    }
  | { readonly kind: 'revoke'; readonly delegation: string; readonly by: string }
  /** All that one has goes to another. */
  | { readonly kind: 'handOver'; readonly from: string; readonly to: string }
  /** `daybook day`. */
  | { readonly kind: 'day' }
  /** What nobody has handed to a carrier is, document by document. */
  | { readonly kind: 'post' }

export interface Step {
  readonly at: number
  /** The civil day at the practice. */
  readonly on: string
  readonly deed: Deed
  /** Done only where that step was not refused. */
  readonly ifDone?: number
}

/** What a step came to: `done`, with what was written or nothing; or the rules that refused it. */
export interface Outcome {
  readonly step: number
  readonly refused?: readonly string[]
  /** Of a contact that was refused: from when on it may be, where that is known. */
  readonly earliest?: string
  /** Of a look: whether it was answered; else the role has not all of its fields. */
  readonly answered?: boolean
  /** Of a look that was answered: what its text tells, by marks of each field set. */
  readonly tells?: readonly string[]
  /** Of a step that waits for another which was refused: it was not done. */
  readonly left?: true
  /** Of a run of the day: statements that wait, and the rules that they wait for. */
  readonly waits?: readonly { readonly account: string; readonly rules: readonly string[] }[]
}

export const commandIdOf = (step: number): string => `y${step}`
