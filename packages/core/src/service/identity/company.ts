import type { Asked } from '../../account/claims/identity/asked.ts'
import { isSamePayer, meet } from '../../account/claims/identity/asked.ts'
import type { Company } from '../../account/claims/identity/judge.ts'
import { isSameService } from '../../account/claims/identity/services.ts'
import { foldedNumber, isNumber, isSameNumber, stemOf } from '../../documents/control-number.ts'
import { givenName, identifierOf, likeness } from '../../documents/patients.ts'

/** Long numbers that only begin alike are two (clarification 25). */
const haveOneNumber = ({ controlNumber: a }: Asked, { controlNumber: b }: Asked): boolean =>
  isSameNumber(a, b) || foldedNumber(a) === foldedNumber(b)

/** A reversal and its correction are one claim, under whichever id the payer has the patient by now. */
const areOneClaim = (a: Asked, b: Asked): boolean => a.reversal !== b.reversal && haveOneNumber(a, b)

/** The payer says of one of them that an id has taken the place of the other's (NM1 74). */
const isCorrectedTo = (a: Asked, b: Asked): boolean => {
  const [one, two] = [identifierOf(a.patient), identifierOf(b.patient)]
  return (
    (a.corrected !== undefined && identifierOf(a.corrected) === two) ||
    (b.corrected !== undefined && identifierOf(b.corrected) === one)
  )
}

const areTwoPatients = (a: Asked, b: Asked): boolean => {
  if (areOneClaim(a, b) || !isSamePayer(a.payer, b.payer)) return false
  const [one, two] = [identifierOf(a.patient), isCorrectedTo(a, b) ? identifierOf(a.patient) : identifierOf(b.patient)]
  const ids = one === '' || two === '' ? 'none' : one === two ? 'equal' : 'another'
  return (
    ids === 'another' ||
    likeness(a.patient, b.patient, { ids, bothInFile: false, sameClaim: ids !== 'equal' }).is === 'other'
  )
}

/** A code and a day of both. */
const shareAService = (a: Asked, b: Asked): boolean =>
  a.lines.some((one) =>
    b.lines.some(
      (two) => isSameService(one.service, two.service) === true && (!one.days || !two.days || meet(one.days, two.days)),
    ),
  )

/** All that a claim says of who its patient is, beside the id. */
const nameKey = ({ patient: { last, first, suffix, born } }: Asked): string => [last, first, suffix, born].join('|')

/** Whoever has the one name may have the other: a family shares an id, and who has it in the file may be one of the others. */
const mayBeOne = (a: Asked, b: Asked): boolean =>
  likeness(a.patient, b.patient, { ids: 'none', bothInFile: false, sameClaim: true }).is !== 'other'

const pairOf = ({ payer }: Asked, id: string, other: string): string => `${payer.payerId}|${id}|${other}`

/** Claims of one payer's id in a file, by the names that they give its patients. */
type Named = Map<string, { readonly one: Asked; claims: number }>

/** What the claims of a file say of each other's patients (clarification 26), claim by claim. */
export const companiesOf = (all: readonly Asked[]): readonly Company[] => {
  const byNumber = Map.groupBy(all, ({ controlNumber }) => (isNumber(controlNumber) ? stemOf(controlNumber) : ''))
  const ids = all.map((asked) => ({ asked, id: identifierOf(asked.patient) }))
  const named = new Map<string, Named>()
  for (const { asked, id } of ids) {
    const key = `${asked.payer.payerId}|${id}`
    const of: Named = named.get(key) ?? new Map()
    const name = nameKey(asked)
    const { one, claims } = of.get(name) ?? { one: asked, claims: 0 }
    named.set(key, of.set(name, { one, claims: claims + 1 }))
  }
  const givens = new Map<string, Map<string, number>>()
  for (const { asked, id } of ids) {
    const key = `${asked.payer.payerId}|${id}`
    const counted = givens.get(key) ?? new Map<string, number>()
    const given = givenName(asked.patient)
    givens.set(key, counted.set(given, (counted.get(given) ?? 0) + 1))
  }
  const corrections = new Set(
    ids.flatMap(({ asked, id }) => {
      const corrected = asked.corrected && identifierOf(asked.corrected)
      return corrected ? [pairOf(asked, id, corrected), pairOf(asked, corrected, id)] : []
    }),
  )
  return ids.map(({ asked, id }) => {
    const number = isNumber(asked.controlNumber) ? stemOf(asked.controlNumber) : ''
    const siblings =
      number === ''
        ? []
        : (byNumber.get(number) ?? []).filter((other) => other !== asked && haveOneNumber(other, asked))
    const own = siblings.filter((other) => areOneClaim(asked, other))
    return {
      /** Ids of other claims of who may be the patient: asked one by one, since a file has many. */
      idsBeside: {
        has: (other: string) => {
          if (other === id || corrections.has(pairOf(asked, id, other))) return false
          const ofOwn = own.filter((one) => identifierOf(one.patient) === other)
          return [...(named.get(`${asked.payer.payerId}|${other}`) ?? [])].some(
            ([name, { one, claims }]) =>
              claims > ofOwn.filter((each) => nameKey(each) === name).length && mayBeOne(one, asked),
          )
        },
      },
      givenBeside: {
        has: (other: string) => {
          const given = givenName(asked.patient)
          if (other === given || id === '') return false
          const said = givens.get(`${asked.payer.payerId}|${id}`)?.get(other) ?? 0
          return said > own.filter(({ patient }) => givenName(patient) === other).length
        },
      },
      twinBeside: {
        has: (other: string) =>
          id !== '' &&
          siblings.some(
            (one) =>
              !own.includes(one) &&
              identifierOf(one.patient) === id &&
              givenName(one.patient) === other &&
              shareAService(one, asked),
          ),
      },
      numberShared: siblings.some((other) => areTwoPatients(asked, other)),
    }
  })
}
