// What payers say of a claim and what is done about it.
//   unit/        one posting unit while it is decided: what may be read of it, and the verbs that write it (decision 0013)
//   advice/      what one advice says: which line it means, what each adjustment is, what a rule must know of it
//   order/       several payers: what an earlier one left, who pays next, what was explained ahead of its turn
//   posting/     a remitted claim becomes events: adjudication, payment, denial, responsibility, reversal
//   submitting/  a claim of ours goes out (837): charges posted once, coverages noted
//   desk/        a person decides: a denial, a work item, a takeback

export { decide } from './decide.ts'
export { facts } from './facts.ts'
export { follow } from './follow.ts'
export { builderOf, evolve, initial } from './state.ts'
