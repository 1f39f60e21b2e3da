/** What was done: a procedure code (HCPCS), or a revenue code; neither where a paper has no line of its own. */
export interface Service {
  readonly procedure?: string
  /** Four digits. */
  readonly revenue?: string
}

/** Codes that a charge has for want of one: of a claim without lines, of a line without a code. */
const standIns: ReadonlySet<string> = new Set(['CLAIM', 'LINE', ''])

const isRevenue = (code: string): boolean => /^\d{1,4}$/.test(code)

/** A service by its codes. `NU` is the qualifier of a revenue code. */
export const serviceOf = (code: string | undefined, revenueCode?: string | undefined, qualifier = ''): Service => {
  const said = (code ?? '').trim().toUpperCase()
  const isItself = qualifier === 'NU' || isRevenue(said)
  const revenue = (revenueCode ?? '').trim() || (isItself ? said : '')
  return {
    ...(standIns.has(said) || isItself ? {} : { procedure: said }),
    ...(revenue === '' ? {} : { revenue: revenue.padStart(4, '0') }),
  }
}

/** Whether two services may be one: procedure before revenue code; one without any code says nothing. */
export const isSameService = (a: Service, b: Service): boolean | undefined => {
  if (a.procedure !== undefined && b.procedure !== undefined) return a.procedure === b.procedure
  if (a.revenue !== undefined && b.revenue !== undefined) return a.revenue === b.revenue
  const says = ({ procedure, revenue }: Service) => procedure !== undefined || revenue !== undefined
  return says(a) && says(b) ? false : undefined
}
