// One seed drives every property test of a run. It is printed, so that the run can be repeated as it was:
// `PROPERTY_SEED=<seed> npm test`. A failing property prints its own counterexample beside it.
export default function sayTheSeed(): void {
  const seed = process.env['PROPERTY_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
  process.env['PROPERTY_SEED'] = seed
  console.log(`Property tests draw from seed ${seed}. To repeat them: PROPERTY_SEED=${seed} npm test`)
}
