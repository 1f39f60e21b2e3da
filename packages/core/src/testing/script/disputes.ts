import type { DisputeCommand } from '../../account/disputes/commands.ts'
import type { Dispute } from '../../account/disputes/state.ts'
import { type Generate, type Moment, none, oneOf, recently, slip, someLine, type Ways } from './moment.ts'

// What patients, payers' agents and issuers dispute, and what becomes of it.

const open = ({ state }: Moment, wanted: (dispute: Dispute) => boolean = () => true): readonly string[] =>
  state.disputes.disputes.where('open').flatMap((dispute) => (wanted(dispute) ? [dispute.disputeId] : []))

const openDispute: Generate<'OpenDispute'> = (random, moment) => {
  const lines = [...moment.state.ledger.lines.keys()]
  if (none(random, lines)) return undefined
  return {
    type: 'OpenDispute',
    on: random.oneIn(3) ? recently(random, moment.today) : moment.today,
    dispute: `x${moment.number}`,
    kind: random.oneIn(8)
      ? random.pick(['identityTheft', 'ppdr', 'agencyWritten'])
      : random.pick(['billingError', 'billingError', 'insuranceProcessing', 'quality', 'bureau', 'chargeback']),
    lines: slip(random, [someLine(random, moment)]),
    raisedBy: 'patient',
    channel: 'phone',
    written: random.oneIn(2),
    says: 'this is not mine',
  }
}

const acknowledgeDispute: Generate<'AcknowledgeDispute'> = (random, moment) => {
  const disputes = open(moment, ({ acknowledgedOn }) => acknowledgedOn === undefined)
  if (none(random, disputes)) return undefined
  return {
    type: 'AcknowledgeDispute',
    on: moment.today,
    dispute: oneOf(random, disputes, 'x-unknown'),
    channel: 'mail',
  }
}

const investigateDispute: Generate<'InvestigateDispute'> = (random, moment) => {
  const disputes = open(moment)
  if (none(random, disputes)) return undefined
  const dispute = oneOf(random, disputes, 'x-unknown')
  return { type: 'InvestigateDispute', on: moment.today, dispute, finding: 'the chart has it' }
}

const resolveDispute: Generate<'ResolveDispute'> = (random, moment) => {
  const disputes = random.oneIn(6) ? open(moment) : open(moment, ({ decided }) => decided === undefined)
  if (none(random, disputes)) return undefined
  return {
    type: 'ResolveDispute',
    on: moment.today,
    dispute: oneOf(random, disputes, 'x-unknown'),
    outcome: random.pick(['upheld', 'partiallyUpheld', 'rejected']),
    explanation: random.oneIn(4)
      ? random.pick(['you owe $1,234.56', 'we called you on 2025-02-03'])
      : 'as the chart says',
  }
}

const closeDispute: Generate<'CloseDispute'> = (random, moment) => {
  const withdrawn = random.oneIn(4)
  const disputes = withdrawn || random.oneIn(6) ? open(moment) : open(moment, ({ decided }) => decided !== undefined)
  if (none(random, disputes)) return undefined
  return {
    type: 'CloseDispute',
    on: moment.today,
    dispute: oneOf(random, disputes, 'x-unknown'),
    because: withdrawn ? { kind: 'withdrawn', reason: 'asked' } : { kind: 'resultSent', channel: 'mail' },
  }
}

/** How its commands come into random lives. */
export const disputeWays: Ways<DisputeCommand> = {
  OpenDispute: { make: openDispute, often: 2, collecting: 3 },
  AcknowledgeDispute: { make: acknowledgeDispute, often: 1, collecting: 1, instead: 'OpenDispute' },
  InvestigateDispute: { make: investigateDispute, often: 1, collecting: 1, instead: 'OpenDispute' },
  ResolveDispute: { make: resolveDispute, often: 1, collecting: 2, instead: 'OpenDispute' },
  CloseDispute: { make: closeDispute, often: 1, collecting: 3, instead: 'ResolveDispute' },
}
