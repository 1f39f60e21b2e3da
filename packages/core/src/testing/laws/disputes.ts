import type { AccountCommand, AccountState } from '../../account/index.ts'
import { eachStep, type Law } from './law.ts'

/** Commands that say what money did: a hold never refuses them. */
const money: ReadonlySet<AccountCommand['type']> = new Set([
  'AcknowledgeRefund',
  'ApproveRefund',
  'ClearRefund',
  'FailPayment',
  'IssueRefund',
  'PostPayment',
  'PostTakeback',
  'ReversePayment',
  'SettlePayment',
  'SettleWithhold',
  'VoidRefund',
])

const isHeld = ({ disputes }: AccountState): boolean => disputes.disputes.any('open')

/** I: what a dispute holds, after every decision of any facet. */
export const disputeLaws: readonly Law[] = [
  eachStep('I4', ({ before, command, decision }) =>
    decision.ok || !money.has(command.type) || !isHeld(before)
      ? []
      : decision.hits
          .filter(({ rule }) => rule.startsWith('DS-') || rule.startsWith('disputes.') || rule === 'AR-14')
          .map(({ rule }) => `${command.type} was refused by ${rule} while a dispute was open`),
  ),
]
