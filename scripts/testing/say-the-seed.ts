// One seed drives every property of a run. It is printed, so that the run can be repeated as it was:
// `PROPERTY_SEED=<seed> npm test`. A failing property prints its own counterexample beside it.
export default function sayTheSeed(): void {
  const seed = process.env['PROPERTY_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
  process.env['PROPERTY_SEED'] = seed
  const runs = process.env['PROPERTY_RUNS'] ?? '100'
  const count = runs === 'full' ? 'as many runs as each names' : `at most ${runs} runs each`
  console.log(`Properties draw from seed ${seed}, ${count}. To repeat them: PROPERTY_SEED=${seed} npm test`)
}
