import type { Day } from '../kernel/day.ts'

/** A text that law or policy wants on what is printed, as dated data: printed once, it stays for ever under its id and version. */
export interface DatedNotice<Asked> {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly jurisdiction: string
  readonly citation: string
  readonly provenance: 'V' | 'P' | 'K' | 'POLICY'
  /** Both days are of it. */
  readonly effective: { readonly from: Day; readonly to?: Day }
  readonly appliesTo: (asked: Asked) => boolean
  /** `{phone}` and other names in braces are those of the practice. */
  readonly text: string
}

/** Which of the notices are in force on the day, and apply, in their order. */
export const noticesInForce = <Asked extends { readonly on: Day }>(
  notices: readonly DatedNotice<Asked>[],
  asked: Asked,
): readonly { readonly id: string; readonly version: number }[] =>
  notices
    .filter(
      ({ effective, appliesTo }) =>
        effective.from <= asked.on && (effective.to === undefined || asked.on <= effective.to) && appliesTo(asked),
    )
    .map(({ id, version }) => ({ id, version }))
