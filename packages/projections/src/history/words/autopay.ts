import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { returnOf } from '@daybook/core/rules'
import { because, type Words } from '../tell.ts'

const methods: Record<Of<AccountEvent, 'AutopayAuthorized'>['method'], string> = {
  ach: 'a bank account',
  card: 'a card on file',
}

const ends: Record<Of<AccountEvent, 'AutopayRevoked'>['because'], string> = {
  consumer: 'the patient took it back',
  returned: 'what was drawn came back for good',
  planEnded: 'the plan has ended',
}

export const autopayWords = {
  AutopayAuthorized: (event, tell) => {
    const { drawn } = event
    const much = 'least' in drawn ? `${tell.money(drawn.least)} to ${tell.money(drawn.most)}` : tell.money(drawn.amount)
    return `Authorised to draw the plan from ${methods[event.method]}, ${much} each (${event.how}, text ${event.textVersion})`
  },
  AutopayRevoked: (event, tell) =>
    `Nothing is drawn any more: ${ends[event.because]}${event.reason === undefined ? '' : because(tell.text(event.reason))}`,
  DraftNoticeSent: (event, tell) =>
    `Notice sent (${event.channel}): ${tell.money(event.amount)} is drawn on ${event.draftOn}`,
  DraftPresented: (event, tell) =>
    `${tell.money(event.amount)} drawn${event.presentation > 1 ? `, presented again (${event.presentation - 1})` : ''}`,
  DraftSettled: () => 'What was drawn has settled',
  DraftReturned: (event) => `What was drawn came back: ${event.code}, ${returnOf(event.code).words}`,
} satisfies Partial<Words<AccountEvent>>
