/** A user that owns nothing. */
const NOBODY = 65_534

/** Does what a user does who may not write everywhere: whoever runs the tests as root may. */
export const asNobody = async <A>(work: () => Promise<A>): Promise<A> => {
  const user = process.geteuid?.()
  if (user !== 0 || process.seteuid === undefined) return await work()
  process.seteuid(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid(user)
  }
}
