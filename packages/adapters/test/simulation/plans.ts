import fc from 'fast-check'
import type { Plan } from './simulate.ts'
import { faults } from './tape.ts'

/** A command under the same id is the same command, whoever sends it: two processes may. */
const command = fc.nat({ max: 5 }).map((n) => ({ stream: n % 2, command: n, amount: (n % 3) + 1 }))

/** Three processes at most, some commands each, and a tape of who is next and what happens. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  processes: fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  tape: fc.record({
    picks: fc.array(fc.nat({ max: 7 }), { maxLength: 80 }),
    faults: fc.array(fc.constantFrom(...faults), { maxLength: 20 }),
  }),
})
