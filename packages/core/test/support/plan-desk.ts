import type { AccountCommandInput } from '../../src/account/index.ts'
import type { Plan } from '../../src/account/plans/state.ts'
import type { PlanId } from '../../src/kernel/ids.ts'
import { type Desk, office, openDesk } from './desk.ts'

/** A guarantor who is the patient, with self-pay lines of these amounts, charged on one day. */
export const selfPay = (
  amounts: Readonly<Record<string, number>>,
  on = '2026-01-05',
  at = office,
  standing: 'confirmed' | 'unconfirmed' = 'confirmed',
): Desk => {
  const desk = openDesk(at)
  const guarantor = { name: 'Jo Roe', born: '1980-02-01', state: at.policy.policy.practice.state, standing }
  desk.does({ type: 'OpenAccount', accountId: 'a1', on, guarantor }, on)
  for (const [line, amount] of Object.entries(amounts)) {
    desk.does({ type: 'PostCharge', on, visit: `v-${line}`, line, code: '99213', amount }, on)
  }
  return desk
}

type Propose = Extract<AccountCommandInput, { type: 'ProposePlan' }>

export const proposal = (on: string, over: Partial<Propose> = {}): Propose => ({
  type: 'ProposePlan',
  on,
  plan: 'p1',
  divide: { instalments: 12 },
  firstDue: '2026-02-15',
  household: { monthlyIncome: 300_000 },
  writtenAgreement: false,
  ...over,
})

/** Proposes and accepts plan `p1` on 2026-01-10. */
export const agreed = (desk: Desk, over: Partial<Propose> = {}, on = '2026-01-10'): Desk => {
  desk.does(proposal(on, over), on)
  desk.does({ type: 'AcceptPlan', on, plan: over.plan ?? 'p1' }, on)
  return desk
}

/** Says that the cure notice of a plan was sent on a day. */
export const noticed = (desk: Desk, on: string, plan = 'p1') =>
  desk.does({ type: 'RecordPlanNotice', on, plan, kind: 'cure', channel: 'mail' }, on)

export const planOf = (desk: Desk, id = 'p1'): Plan => {
  const plan = desk.state.plans.plans.get(id as PlanId)
  if (!plan) throw new RangeError(`no plan ${id}`)
  return plan
}

export const pay = (
  desk: Desk,
  amount: number,
  on: string,
  over: { readonly payment?: string; readonly recorded?: string; readonly line?: string } = {},
) => {
  const payment = over.payment ?? `pay-${on}-${amount}`
  return desk.does(
    {
      type: 'PostPayment',
      on,
      payment,
      amount,
      tender: 'check',
      externalRef: payment,
      ...(over.line === undefined ? {} : { allocations: [{ line: over.line }] }),
    },
    over.recorded ?? on,
  )
}
