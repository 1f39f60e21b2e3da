import type { AccountEvent } from '@daybook/core/account'
import { because, sum, type Words } from '../tell.ts'

export const placementWords = {
  PrePlacementReviewed: (event) => {
    const skipped = event.notInUse.length > 0 ? `; not in use: ${event.notInUse.join(', ')}` : ''
    if (event.pass) return `Reviewed for placement: nothing in the way${skipped}`
    const earliest = event.earliest ? `, earliest ${event.earliest}` : ''
    return `Reviewed for placement: not placeable${because(event.failures.join(', '))}${earliest}${skipped}`
  },
  AccountPlaced: (event, tell) => {
    return `Placed ${tell.money(sum(event.items))} with agency ${event.agencyId} (${event.kind}), approved by ${event.approver}`
  },
  AccountRecalled: (event, tell) => {
    return `Recalled ${tell.money(sum(event.items))} from the agency: ${event.reason}${because(tell.text(event.note))}`
  },
} satisfies Partial<Words<AccountEvent>>
