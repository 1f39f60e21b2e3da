import type { FieldSet } from '@daybook/core/policy'
import { type Retry, Told } from '@daybook/core/ports'

/**
 * What was asked shows somebody's data, and that it was asked could not be written down: so there is no answer (45 CFR
 * 164.312(b)).
 */
export class AccessUnrecorded extends Told('AccessUnrecorded')<{
  readonly message: string
  readonly cause?: unknown
}> {
  readonly retry: Retry = 'safe'
}

/** The answer is made of fields that the roles of who asks do not have (45 CFR 164.514(d)). It was recorded. */
export class FieldsWithheld extends Told('FieldsWithheld')<{
  readonly question: string
  /** What they lack. */
  readonly withheld: readonly FieldSet[]
  readonly message: string
}> {}
