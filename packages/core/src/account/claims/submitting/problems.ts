import type { Context } from '../../context.ts'
import type { FindingId, ValidationFailed } from '../../reviews/events.ts'
import type { ClaimSubmitted } from '../submission-events.ts'

// What the data of a claim has wrong, although it can be posted (reference §10.3, duty F44).

type Problem = ValidationFailed['problems'][number]

/** An element as the reading names it: `CLM05`, `SV107`, `N403`. */
const ELEMENT = /\b[A-Z][A-Z0-9]{1,2}(?:0[1-9]|[1-9][0-9])\b/
/** The qualifiers of diagnoses, as the reading of code sets names them: `(HI ABK, BK)`. */
const CODE_SET = /^diagnoses \(HI [A-Z, ]+\) are coded in /

/** What the reading found of one element; nothing for what it says of whose the claim is, which names none. */
const problemOf = (words: string): Problem | undefined => {
  if (CODE_SET.test(words)) return { code: 'codeSet', element: 'HI', words }
  const element = ELEMENT.exec(words)?.[0]
  if (element === undefined) return undefined
  const code = element === 'DMG02' ? 'birth' : element === 'CLM02' ? 'total' : 'element'
  return { code, element, words }
}

/** That the data of a claim has something wrong, in the unit that posts it: once a claim, never for a clean one. */
export const validationOf = (
  { newId }: Pick<Context, 'newId'>,
  { visitId, coverageId, patientControlNumber, charge, effectiveDate, findings }: ClaimSubmitted,
): readonly ValidationFailed[] => {
  const problems = [...new Set(findings)].flatMap((words) => problemOf(words) ?? [])
  if (problems.length === 0) return []
  const findingId = newId('finding') as FindingId
  return [
    { type: 'ValidationFailed', effectiveDate, findingId, visitId, coverageId, patientControlNumber, charge, problems },
  ]
}
