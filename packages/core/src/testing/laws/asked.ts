import { type AccountCommand, asksOrReports, decideAccount } from '../../account/index.ts'
import type { AgencyId } from '../../kernel/ids.ts'
import { contextOfStep, type Office, type Step } from '../history.ts'
import { eachStep, type Found, type Law } from './law.ts'

type Review = Extract<AccountCommand, { type: 'ReviewForPlacement' }>

/** What was found of an account for an agency, put as the question whether it may go there. */
const asked = ({ type: _, ...checklist }: Review): AccountCommand => ({
  type: 'PlaceAccount',
  agency: 'asked' as AgencyId,
  kind: 'primary',
  ...checklist,
})

/** A review that was recorded says every reason for which the same question is refused. */
const reviewed = (step: Step, command: Review, number: number, office: Office): Found => {
  const { before, decision } = step
  if (!decision.ok) return []
  const said = new Set(
    decision.events.flatMap((event) => (event.type === 'PrePlacementReviewed' ? event.failures : [])),
  )
  const warned = new Set(decision.warnings.map(({ rule }) => rule))
  const answer = decideAccount(before, asked(command), contextOfStep(office, step, number))
  const reasons = answer.ok ? [] : answer.hits.map(({ rule }) => rule)
  return reasons.flatMap((rule) => [
    ...(said.has(rule) ? [] : [`the review does not say ${rule}, for which the account may not be placed`]),
    ...(warned.has(rule) ? [] : [`the review does not warn of ${rule}`]),
  ])
}

/** Q8: a question that is refused writes nothing, a report is refused by no rule and says every hit (decision 0014). */
export const askedLaws: readonly Law[] = [
  eachStep('Q8', (step, number, office) => {
    const { before, after, command, decision } = step
    if (decision.ok) {
      return command.type === 'ReviewForPlacement' ? reviewed(step, command, number, office) : []
    }
    const written = after === before ? [] : [`${command.type} was refused, and the account is another one`]
    if (asksOrReports[command.type] === 'asks') return written
    const rules = new Set(office.catalogue.rules.map(({ id }) => id))
    const refusedBy = decision.hits.filter(({ rule }) => rules.has(rule))
    return [...written, ...refusedBy.map(({ rule }) => `${command.type} reports, and ${rule} refused it`)]
  }),
]
