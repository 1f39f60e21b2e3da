import type { ClaimSubmission } from '@daybook/core/account'
import { type Desk, loadAccount, type SubmissionReport, submitClaims } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { describe, expect, it } from 'vitest'
import { controlOf, entries, readLog, unbalancedPrefixes } from './support/books.ts'
import { memoryDesk } from './support/desk.ts'
import { type Counted, sampleText, submissionSamples, submissionsOf } from './support/samples.ts'

const submitted = (desk: Desk, document: ClaimSubmission): Promise<SubmissionReport> =>
  Effect.runPromise(submitClaims(desk, document))

/** Dollars as the manifest writes them, in cents. */
const cents = (dollars: string | undefined): number => Math.round(Number(dollars ?? 0) * 100)

const imported = async (desk: Desk, file: string) => {
  const reports: SubmissionReport[] = []
  for (const document of await submissionsOf(sampleText(file))) reports.push(await submitted(desk, document))
  return reports.flatMap(({ claims }) => claims)
}

for (const [file, counted] of submissionSamples() as readonly (readonly [string, Counted])[]) {
  const desk = await memoryDesk()
  const claims = await imported(desk, file)
  const control = controlOf(await entries(desk))
  console.log(file, counted.clm, counted.sumCLM02, counted.lines, counted.sumLineCharges, '|', claims.map((c) => `${c.outcome} ${c.charge} ${c.lines} ${c.problems.join('; ').slice(0, 150)}`).join(' || '), control)
}
