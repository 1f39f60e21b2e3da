/** Who owes, as aging shows it: a coverage of any order, or the patient. */
export type AgingParty = 'insurance' | 'patient'

/** How an amount stands: aged at the practice, aged at an agency, a layer below zero, money that no item has taken yet. */
export type Standing = 'active' | 'placed' | 'credit' | 'unapplied'

export interface KindOfCell {
  readonly party: AgingParty
  readonly standing: Standing
}

/** Kinds of cells and rows; the place in this list is how rows store them, so it only ever grows at its end. */
const kinds = [
  { code: 'ia', party: 'insurance', standing: 'active' },
  { code: 'il', party: 'insurance', standing: 'placed' },
  { code: 'ic', party: 'insurance', standing: 'credit' },
  { code: 'pa', party: 'patient', standing: 'active' },
  { code: 'pl', party: 'patient', standing: 'placed' },
  { code: 'pc', party: 'patient', standing: 'credit' },
  { code: 'pu', party: 'patient', standing: 'unapplied' },
] as const satisfies readonly (KindOfCell & { readonly code: string })[]

/** Numbers of kinds are from 0 and below this. */
export const kindCount: number = kinds.length

export const kindNumber = (party: AgingParty, standing: Standing): number =>
  kinds.findIndex((kind) => kind.party === party && kind.standing === standing)

export const kindCode = (number: number): string => kinds[number]?.code ?? ''
const byCode = new Map<string, number>(kinds.map(({ code }, number) => [code, number]))
export const kindOfCode = (code: string): number => byCode.get(code) ?? -1

/** @throws RangeError when a row was written by something newer. */
export const kindOf = (number: number): KindOfCell => {
  const kind = kinds[number]
  if (!kind) throw new RangeError(`no kind of aging rows: ${number}`)
  return kind
}
