// In each test process: how properties run. All draw from the seed that was printed. Each names its full count; it makes
// no more runs than PROPERTY_RUNS says, a hundred where nothing is said, and all of them where that is `full`. And each
// leaves with its test how many runs it has made: docs/laws.md is written from these.
import fc from 'fast-check'
import { TestRunner } from 'vitest'

const wholeNumber = (name: string, text: string | undefined): number => {
  const value = Number(text)
  if (text === undefined || !Number.isSafeInteger(value)) throw new RangeError(`${name} must be a whole number`)
  return value
}

const { PROPERTY_SEED: seed, PROPERTY_RUNS: runs = '100' } = process.env
const most = runs === 'full' ? Number.POSITIVE_INFINITY : wholeNumber('PROPERTY_RUNS', runs)

type Outcome = ReturnType<fc.IRawProperty<unknown, false>['run']>

/** How long a counterexample may be made smaller: a long life can be shrunk for an hour, and nobody hears that it failed. */
const shrinkingMs = 60_000

/** Leaves with the test that its property would have gone on. */
const leaveStopped = (): void => {
  const test = TestRunner.getCurrentTest()
  if (test) test.meta.stopped = true
}

/** Stops a property once it has held so often. What has failed goes on for a while: it is being shrunk. */
const stopAtMost: fc.Plugin<unknown> = () => {
  let held = 0
  let failedAt: number | undefined
  const counted = (outcome: Outcome): Outcome => {
    if (outcome === null) held += 1
    else if (!fc.PreconditionFailure.isFailure(outcome)) failedAt ??= performance.now()
    return outcome
  }
  return {
    decorateRun: (run) => (value) => {
      const isShrunk = failedAt !== undefined && performance.now() - failedAt > shrinkingMs
      const isEnough = held >= most && failedAt === undefined
      if (isEnough) leaveStopped()
      if (isShrunk || isEnough) return new fc.PreconditionFailure(true)
      const outcome = run(value)
      return outcome instanceof Promise ? outcome.then(counted) : counted(outcome)
    },
  }
}

const leaveRuns: fc.Plugin<unknown> = () => ({
  onAllRunsComplete: ({ numRuns }) => {
    const test = TestRunner.getCurrentTest()
    if (test) test.meta.runs = [...(test.meta.runs ?? []), numRuns]
  },
})

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: wholeNumber('PROPERTY_SEED', seed) })

/** This file runs for each test file; where those share their modules, fast-check remembers its plugins. */
const installed: { readonly [key: symbol]: true } & typeof globalThis = globalThis
const mark = Symbol.for('daybook: properties')
if (!installed[mark]) {
  Object.defineProperty(installed, mark, { value: true })
  fc.installGlobalPlugin(stopAtMost)
  fc.installGlobalPlugin(leaveRuns)
}
