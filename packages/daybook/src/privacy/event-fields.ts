import { accountEventDefinitions } from '@daybook/core/account'
import { depositEventDefinitions } from '@daybook/core/deposit'
import { type Classified, classificationOf } from '@daybook/core/kernel'
import { personEventDefinitions } from '@daybook/core/person'
import { type FieldSet, fieldSets } from '@daybook/core/policy'
import { remittanceEventDefinitions } from '@daybook/core/remittance'
import { submissionEventDefinitions } from '@daybook/core/submission'

// What the sentence of an event tells, from the classes of its fields (docs/data-inventory.md): a new event needs no row here.

/** By the last name on the way to a field. A personal field that is not here is one that people write in. */
const byName: Readonly<Record<string, readonly FieldSet[]>> = {
  name: ['identity'],
  first: ['identity'],
  middle: ['identity'],
  last: ['identity'],
  suffix: ['identity'],
  born: ['identity'],
  sex: ['identity'],
  memberId: ['identity'],
  id: ['identity'],
  patientId: ['identity'],
  personId: ['identity'],
  address: ['contact'],
  value: ['contact'],
  reach: ['contact'],
  datumId: ['contact'],
  zones: ['contact'],
  // A line is told as its code and its day; a visit by its patient and its day.
  lineId: ['clinical'],
  lines: ['clinical'],
  code: ['clinical'],
  visitId: ['clinical', 'identity'],
  coverageId: ['payer'],
  payerId: ['payer'],
  payerName: ['payer'],
  payer: ['payer'],
  patientControlNumber: ['identity', 'payer'],
}

const setsOfLeaf = ({ path, class: kind }: Classified): readonly FieldSet[] => {
  const name = (path.split('.').at(-1) ?? '').replaceAll('[]', '')
  const named = byName[name]
  if (named) return named
  if (kind === 'financial') return ['money']
  return kind === 'phi' || kind === 'pii' ? ['notes'] : []
}

const byType = new Map<string, ReadonlySet<FieldSet>>()
for (const leaf of classificationOf([
  ...accountEventDefinitions,
  ...personEventDefinitions,
  ...remittanceEventDefinitions,
  ...depositEventDefinitions,
  ...submissionEventDefinitions,
])) {
  byType.set(leaf.event, new Set([...(byType.get(leaf.event) ?? []), ...setsOfLeaf(leaf)]))
}

/** The field sets that an event tells of, told as a sentence; all of them for one that this version does not know. */
export const setsOfEvent = (type: string): readonly FieldSet[] => {
  const sets = byType.get(type)
  return sets ? fieldSets.filter((each) => sets.has(each)) : fieldSets
}
