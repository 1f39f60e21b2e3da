import type { Day } from '@daybook/core/kernel'
import type { Contact, ContactDatumAdded, MayAnswer, RoleOnAccount, Way } from '@daybook/core/person'

// What callers are told of people.

/** What the rules say of one phone, address or e-mail, and which it is. */
export interface ReplyWay extends Way {
  readonly kind: ContactDatumAdded['kind']
  readonly place: ContactDatumAdded['place']
  /** `(protected)` where it is encrypted. */
  readonly value: string
}

/** Whether somebody may be reached about an account, and by which of their phones, addresses or e-mails. */
export interface MayReply extends Omit<MayAnswer, 'ways' | 'attorneys'> {
  readonly account: string
  /** Whom it is about; absent where the account names nobody. */
  readonly person?: string
  /** Their name, where anybody has given one; `(protected)` where it is encrypted. */
  readonly name?: string
  readonly ways: readonly ReplyWay[]
  /** Where it is asked about an attorney: those on file; `(protected)` where that is encrypted. */
  readonly attorneys?: readonly { readonly name: string; readonly reach?: string }[]
}

/** A phone, address or e-mail as it stands on a day. */
export interface DatumListed {
  readonly datum: string
  readonly kind: ContactDatumAdded['kind']
  readonly value: string
  readonly place: ContactDatumAdded['place']
  readonly source: ContactDatumAdded['source']
  readonly confidence: ContactDatumAdded['confidence']
  readonly since: Day
  readonly until?: Day
  /** Why it is used no more. */
  readonly because?: string
  readonly confirmedOn?: Day
  readonly returnedOn?: Day
  readonly zones: readonly string[]
  /** The last word on each channel and topic. */
  readonly consents: readonly {
    readonly channel: string
    readonly scope: string
    readonly standing: 'granted' | 'revoked'
    readonly on: Day
    /** The last day by which the law wants a revocation honoured. */
    readonly honourBy?: Day
  }[]
}

/** A search for a person. */
export interface SkipTraceListed {
  readonly skipTrace: string
  readonly because: string
  readonly since: Day
  readonly steps: readonly { readonly on: Day; readonly source: string; readonly found: readonly string[] }[]
  readonly closedOn?: Day
  readonly outcome?: string
}

/** A person on one page. */
export interface PersonPage {
  readonly person: string
  readonly name: string
  readonly accounts: readonly { readonly account: string; readonly role: RoleOnAccount }[]
  readonly language?: string
  /** What stands between the person and whoever wants to reach them, in words. */
  readonly standing: readonly string[]
  /** Others who are one human being with them, as somebody has said. */
  readonly sameAs: readonly { readonly person: string; readonly name: string }[]
  /** Others who may be, and nobody has said whether. */
  readonly mayBe: readonly { readonly person: string; readonly by: readonly string[]; readonly since: Day }[]
  readonly data: readonly DatumListed[]
  /** Searches for them, the newest first, with each place that was looked at. */
  readonly skipTraces: readonly SkipTraceListed[]
  readonly spokespersons: readonly { readonly spokesperson: string; readonly name: string; readonly as: string }[]
  readonly complaints: readonly { readonly complaint: string; readonly topic: string; readonly answerBy: Day }[]
  /** The last contacts, newest first. */
  readonly contacts: readonly Pick<Contact, 'contactId' | 'accountId' | 'medium' | 'at' | 'counted'>[]
}
