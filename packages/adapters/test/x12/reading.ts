import { existsSync, readFileSync } from 'node:fs'
import type { ClaimSubmission } from '@daybook/core/account'
import type { RemittanceAdvice } from '@daybook/core/remittance'
import { type ReadX12Options, readX12, type X12Source, type X12Transaction } from '../../src/x12/index.ts'

export const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Everything that a source gives. */
export const readAll = (source: X12Source, options?: ReadX12Options): Promise<X12Transaction[]> =>
  collected(readX12(source, options))

export const codes = (results: readonly X12Transaction[]): string[] =>
  results.flatMap((result) => result.problems.map((problem) => problem.code))

/** The only remittance of a text; fails where there is none that can be used. */
export const readAdvice = async (source: X12Source): Promise<RemittanceAdvice> => {
  for (const result of await readAll(source)) if (result.kind === '835' && result.document) return result.document
  throw new Error('no remittance')
}

export const readSubmission = async (source: X12Source): Promise<ClaimSubmission> => {
  for (const result of await readAll(source)) if (result.kind === '837' && result.document) return result.document
  throw new Error('no submission')
}

/** Real files of other projects, beside the repository; absent on most machines. */
const samples = new URL('../../../../../shared/data/', import.meta.url)
export const hasSamples = existsSync(new URL('MANIFEST.json', samples))
export const samplePath = (name: string): URL => new URL(name, samples)

/** What an independent program counted in each sample, amounts in dollars as text. */
export interface Counted {
  readonly kind?: string
  readonly isa: number
  readonly st: number
  readonly [field: string]: unknown
}

export const samplesOf = (kind: '835' | '837'): readonly (readonly [string, Counted])[] =>
  hasSamples
    ? Object.entries(JSON.parse(readFileSync(samplePath('MANIFEST.json'), 'utf8')) as Record<string, Counted>).filter(
        ([, counted]) => counted.kind === kind,
      )
    : []
