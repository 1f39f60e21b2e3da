import type { AccountEvent } from '@daybook/core/account'
import type { Words } from '../tell.ts'

/** `denials d1`, `denials` or all work. */
const piece = ({ queue, subject }: { queue?: string | undefined; subject?: string | undefined }): string =>
  queue === undefined
    ? 'All work of the account'
    : `Work on list ${queue}${subject === undefined ? '' : `, ${subject},`}`

export const workWords = {
  WorkItemAssigned: (event) => `${piece(event)} goes to ${event.to}`,
  WorkItemUnassigned: (event) => `${piece(event)} is nobody's in particular`,
  WorkItemSnoozed: (event) => `${piece(event)} is put off until ${event.until}`,
} satisfies Partial<Words<AccountEvent>>
