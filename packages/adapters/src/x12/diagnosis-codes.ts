import type { SubmittedClaim } from '@daybook/core/account'
import type { Day } from '@daybook/core/kernel'

// Which code set an HI speaks: its qualifier says so, and the day of service says which one is due.

/** ICD-9-CM, diagnoses and procedures. */
const oldQualifiers: ReadonlySet<string> = new Set(['BF', 'BJ', 'BK', 'BN', 'BQ', 'BR', 'PR'])
/** ICD-10-CM and ICD-10-PCS. */
const newQualifiers: ReadonlySet<string> = new Set(['ABF', 'ABJ', 'ABK', 'ABN', 'APR', 'BBQ', 'BBR'])

/** First day of service that is coded in ICD-10 (45 CFR 162.1002(c)). */
const NEW_FROM = '2015-10-01'

/** The last day of service: a stay is coded by it. Undefined where the claim names none. */
const lastServed = ({ statementTo, lines }: SubmittedClaim): Day | undefined =>
  [statementTo, ...lines.map(({ serviceFrom, serviceTo }) => serviceTo ?? serviceFrom)]
    .flatMap((day) => day ?? [])
    .toSorted()
    .at(-1)

/** Whether the claim is to be coded in ICD-10; undefined where its days do not tell. */
export const isNewCodeSetDue = (claim: SubmittedClaim): boolean | undefined => {
  const last = lastServed(claim)
  return last && last >= NEW_FROM
}

/** A claim coded in a code set that is retired, or was not yet in force: payers will not take it. */
export const codeSetFindings = (claim: SubmittedClaim, qualifiers: Iterable<string>): readonly string[] => {
  const due = isNewCodeSetDue(claim)
  if (due === undefined) return []
  const wrong = [...qualifiers].filter((each) => (due ? oldQualifiers : newQualifiers).has(each)).sort()
  if (wrong.length === 0) return []
  const [was, should] = due ? ['9', `10, since ${NEW_FROM}`] : ['10', `9, before ${NEW_FROM}`]
  return [
    `diagnoses (HI ${wrong.join(', ')}) are coded in ICD-${was}; services of these days are coded in ICD-${should}`,
  ]
}
