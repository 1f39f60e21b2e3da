import type { Instant } from '../../kernel/day.ts'
import type { Sha256 } from '../../kernel/leaf.ts'
import type { EventStoreShape, StoreCapabilities } from '../../ports/event-store.ts'
import type { LawId } from '../laws/words.ts'

export interface WriterOptions {
  /** The clock that this writer stamps `committedAt` with. */
  readonly clock: () => Instant
}

/** Somebody with rights to the data, who does not go through a store. */
export interface StrangeHands {
  /** Takes the guards away. */
  readonly unguard: () => Promise<void>
  /** Tries to change a stored event; whether it was changed. */
  readonly change: () => Promise<boolean>
  /** Tries to take a stored event away; whether it is gone. */
  readonly remove: () => Promise<boolean>
}

/** One book under test, opened empty. */
export interface BookUnderTest {
  readonly store: EventStoreShape
  /** Closes the store and opens it again over the same data, with the same clock. */
  readonly reopen: () => Promise<EventStoreShape>
  /**
   * A second writer over the same data, with a clock of its own: another connection, another process. Absent where
   * there can be none; the suites of two writers then run both through the one store.
   */
  readonly newWriter?: ((options: WriterOptions) => Promise<EventStoreShape>) | undefined
  /**
   * The empty log of another tenant beside this one, in the same database. Absent where a database is one tenant's: another
   * book stands for it then.
   */
  readonly otherTenant?: ((options: WriterOptions) => Promise<Pick<BookUnderTest, 'store' | 'close'>>) | undefined
  /** What somebody does to the data behind the store's back; only of a store with guards. */
  readonly strangeHands?: StrangeHands | undefined
  /** Closes every store of the book and throws its data away. */
  readonly close: () => Promise<void>
}

/** What an adapter's author hands in to have a store tested. The core has no hashes, no randomness and no clock. */
export interface StoreFixture {
  readonly name: string
  /** What the store is meant to be able to do: it must declare the same. */
  readonly capabilities: StoreCapabilities
  readonly sha256: Sha256
  /**
   * Milliseconds that a reader waits for what must come, 20,000 when not given: a store that is slow to reach may need more.
   * What must wake him must do it in half of them.
   */
  readonly patience?: number
  /** A new UUIDv7. */
  readonly newId: () => string
  /** False when the store stamps `committedAt` by a server's clock: suites then compare order, not values. */
  readonly injectsClock: boolean
  /** Opens a store over a new, empty book. */
  readonly open: (options: WriterOptions) => Promise<BookUnderTest>
}

/** One thing that must be true of every store, or of every store that declares a capability. */
export interface StoreCase {
  /** What it is about, in a word or two: cases of one suite stand together. */
  readonly suite: string
  /** In the words of the contract, with the ids of its laws. */
  readonly name: string
  /** The laws that it checks. */
  readonly laws?: readonly LawId[]
  /** What a store must have declared; whoever runs the case for another store says that it is left out. */
  readonly needs?: Partial<StoreCapabilities>
  /** @throws StoreCaseFailure, by rejecting, when the store does not keep it. */
  readonly run: (fixture: StoreFixture) => Promise<void>
}
