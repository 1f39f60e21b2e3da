/** As deep as a document may be: what holds itself is deeper. */
const DEEPEST = 100

const isPlain = (given: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(given)
  return prototype === Object.prototype || prototype === null
}

/** Whether JSON gives a value back as it was: a part of an object that is `undefined` is not there, and nothing else changes. */
export const isJson = (given: unknown, depth = 0): boolean => {
  if (given === null || typeof given === 'string' || typeof given === 'boolean') return true
  if (typeof given === 'number') return Number.isFinite(given)
  if (typeof given !== 'object' || depth > DEEPEST) return false
  if (Array.isArray(given)) return given.every((one) => isJson(one, depth + 1))
  return isPlain(given) && Object.values(given).every((one) => one === undefined || isJson(one, depth + 1))
}
