import type { AccountEvent } from '@daybook/core/account'
import { because, sum, type Words } from '../tell.ts'

export const placementWords = {
  PrePlacementReviewed: (event, tell) => {
    const unused = event.notInUse.length > 0 ? `; not in use: ${event.notInUse.join(', ')}` : ''
    const vouched = event.attested.map(({ fact, value }) => `${fact} ${tell.text(value)}`)
    const skipped = `${unused}${vouched.length > 0 ? `; the desk vouched for ${vouched.join(', ')}` : ''}`
    if (event.pass) return `Reviewed for placement: nothing in the way${skipped}`
    const earliest = event.earliest ? `, earliest ${event.earliest}` : ''
    return `Reviewed for placement: not placeable${because(event.failures.join(', '))}${earliest}${skipped}`
  },
  AccountPlaced: (event, tell) =>
    `Placed ${tell.money(sum(event.items))} with agency ${event.agencyId} (${event.kind}), approved by ${event.approver}`,
  AccountRecalled: (event, tell) =>
    `Recalled ${tell.money(sum(event.items))} from the agency${event.whole ? '' : ', the rest stays there'}: ${event.reason}${because(tell.text(event.note))}`,
} satisfies Partial<Words<AccountEvent>>
