import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import { because, listed, type Words } from '../tell.ts'

const ends: Record<Of<AccountEvent, 'PromiseClosed'>['because'], string> = {
  settled: 'nothing is owed on it any more',
  planned: 'a plan was agreed over it',
  byHand: '',
}

const by: Record<Of<AccountEvent, 'PromiseMade'>['madeBy'], string> = {
  guarantor: 'the guarantor',
  spouse: 'the spouse',
  representative: 'a representative',
  attorney: 'an attorney',
  other: 'somebody else',
}

const channels: Record<Of<AccountEvent, 'PromiseMade'>['channel'], string> = {
  phone: 'by phone',
  inPerson: 'in person',
  text: 'by text',
  email: 'by e-mail',
  portal: 'in the portal',
  mail: 'by mail',
}

export const promiseWords = {
  PromiseMade: ({ parts, madeBy, channel }, tell) =>
    `Promised by ${by[madeBy]} ${channels[channel]}: ` +
    listed(parts.map(({ amount, due }) => `${tell.money(amount)} by ${due}`)),
  PromiseKept: () => 'Promise kept',
  PromisePartiallyKept: ({ paid, asked }, tell) =>
    `Promise kept in part: ${tell.money(paid)} of ${tell.money(asked)} came in time`,
  PromiseBroken: ({ paid, asked }, tell) => `Promise broken: ${tell.money(paid)} of ${tell.money(asked)} came in time`,
  PromiseReopened: () => 'Postings of its time have changed: the promise is judged again',
  PromiseClosed: (event, tell) =>
    `Promise closed${because(event.because === 'byHand' ? tell.text(event.reason) : ends[event.because])}`,
} satisfies Partial<Words<AccountEvent>>
