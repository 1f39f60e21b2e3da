import { type GateRule, gateRule, sinceBefore } from '../rule.ts'
import { blocked, vector } from '../vectors.ts'
import { block, pass } from '../verdicts.ts'

// LT-01: a letter says nothing that the book does not hold. Ids of the house. What it says will happen is asked by ST-03.

const ofLetters = {
  version: 1,
  capability: 'letter',
  jurisdiction: 'federal (debt collectors); policy (first party)',
  citation:
    '15 U.S.C. 1692e(2)(A), (10); first party by policy (reference §3.1, letters must be truthful; id of the house)',
  provenance: 'K',
  status: 'in force',
  effective: sinceBefore,
  kind: 'gate',
  gates: ['issueLetter'],
  reads: 'today',
} as const

const listed = (said: readonly string[]): string => said.join(', ')

const amounts = gateRule({
  ...ofLetters,
  id: 'LT-01.amounts',
  title: 'A letter names no amount that the book does not hold',
  needs: ['letter.unheldAmounts'],
  judge: ({ 'letter.unheldAmounts': said }) =>
    said.length === 0
      ? pass
      : block(`its words name ${listed(said)}: the book holds no such amount`, { requiredAction: 'change the words' }),
  vectors: [
    vector('amounts of the book alone', { 'letter.unheldAmounts': [] }, 'pass'),
    vector('an amount of its own', { 'letter.unheldAmounts': ['$120.00'] }, blocked),
  ],
})

const days = gateRule({
  ...ofLetters,
  id: 'LT-01.days',
  title: 'A letter names no day that the book does not hold',
  needs: ['letter.unheldDays'],
  judge: ({ 'letter.unheldDays': said }) =>
    said.length === 0
      ? pass
      : block(`its words name ${listed(said)}: the book holds no such day`, { requiredAction: 'change the words' }),
  vectors: [
    vector('days of the book alone', { 'letter.unheldDays': [] }, 'pass'),
    vector('a day of its own', { 'letter.unheldDays': ['2026-12-24'] }, blocked),
  ],
})

const corrected = gateRule({
  ...ofLetters,
  id: 'LT-01.corrected',
  title: 'A letter says that something is put right when the book has it put right',
  needs: ['letter.uncorrected'],
  judge: ({ 'letter.uncorrected': uncorrected }) =>
    uncorrected
      ? block('it says that it is put right, and nothing of the disputed services was corrected since', {
          requiredAction: 'correct the services: VoidCharge, WriteOff, or the payer’s new advice',
        })
      : pass,
  vectors: [
    vector('put right', { 'letter.uncorrected': false }, 'pass'),
    vector('upheld, and the charge stands as before', { 'letter.uncorrected': true }, blocked),
  ],
})

export const truthfulLetters: readonly GateRule[] = [amounts, days, corrected]
