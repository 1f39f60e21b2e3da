import type { AccountEvent } from '@daybook/core/account'
import type { Of } from '@daybook/core/kernel'
import type { Words } from '../tell.ts'

const from = {
  desk: 'at the desk',
  claim: 'from a claim',
  remittance: 'from a remittance',
  conversion: 'from an older book',
} as const

/** What two patients have in common, for the desk. */
export const sameBy = {
  nameAndBirth: 'same name and birth day',
  memberId: 'same member id',
  name: 'same name',
} as const

const correctedOf = ({ last, first, suffix, memberId }: Of<AccountEvent, 'PatientCorrectedByPayer'>): string => {
  const isNamed = [last, first, suffix].some((part) => part !== undefined)
  return [...(isNamed ? ['name'] : []), ...(memberId === undefined ? [] : ['member id'])].join(' and ')
}

export const registrationWords = {
  AccountOpened: (event, tell) => {
    const name = tell.text(event.guarantor.name)
    const who = name === '' ? '' : ` for ${name}`
    const standing = event.guarantor.standing === 'confirmed' ? '' : '; nobody has confirmed who answers for it'
    return `Account opened ${from[event.openedFrom]}${who}${standing}`
  },
  GuarantorConfirmed: (event, tell) => {
    const name = tell.text(event.name)
    return `Guarantor confirmed${name === '' ? '' : `: ${name}`}`
  },
  PatientRegistered: (event, tell) => `Patient registered: ${tell.patient(event.patientId)}`,
  PatientCorrectedByPayer: (event, tell) =>
    `A payer has ${tell.patient(event.patientId)} under another ${correctedOf(event)} (NM1 74)`,
  PersonLinked: ({ personId, role }) => `Person ${personId} stands behind the account: ${role}`,
  PersonUnlinked: ({ personId }) => `Person ${personId} does not stand behind the account`,
  SamePersonHinted: (event, tell) =>
    `${tell.patient(event.patientId)} may be patient ${event.other.patientId} of account ${event.other.accountId}: ${event.by.map((by) => sameBy[by]).join(', ')}`,
  SamePersonJudged: (event, tell) =>
    `${tell.patient(event.patientId)} is ${event.same ? '' : 'not '}patient ${event.other.patientId} of account ${event.other.accountId}`,
  VisitOpened: (event, tell) => {
    const kind = event.kind === 'unknown' ? '' : `, ${event.kind}`
    return `Opened ${tell.visit(event.visitId)} for ${tell.patient(event.patientId)}${kind}`
  },
} satisfies Partial<Words<AccountEvent>>
