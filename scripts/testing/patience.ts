import { availableParallelism, loadavg } from 'node:os'

/**
 * How many times longer work takes here than on a machine that does nothing else: so many wait for each processor. 1 where the
 * system does not say.
 */
const crowd = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())

/** Milliseconds that a test may take which on a quiet machine is sure to be done in so many: a limit is there for what hangs. */
export const patience = (milliseconds: number): number => Math.ceil(milliseconds * crowd * 2)
