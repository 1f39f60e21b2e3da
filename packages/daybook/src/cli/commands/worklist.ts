import type { WorklistRequest } from '../../book/requests.ts'
import { JsonFault, readJson } from '../json-file.ts'
import { limitOf, type SharedOptions, UsageError } from '../options.ts'
import { jsonText, say } from '../terminal.ts'
import { worklistLines } from '../text/worklist.ts'
import { withBook } from '../with-book.ts'

/** A person reads the top of the list; a program gets all of it. */
const SHOWN = 20

type Propensities = NonNullable<WorklistRequest['propensity']>

const propensityIn = async (file: string | undefined): Promise<Propensities | undefined> => {
  if (file === undefined) return undefined
  try {
    return (await readJson(file)) as Propensities
  } catch (error) {
    throw error instanceof JsonFault ? new UsageError(error.message) : error
  }
}

/** `daybook worklist` */
export const run = async (
  _: readonly string[],
  options: SharedOptions & {
    readonly queue?: string
    readonly asOf?: string
    readonly knownAt?: string
    readonly limit?: string
    readonly propensity?: string
    readonly mine?: boolean
  },
): Promise<number> => {
  const limit = limitOf(options.limit)
  const propensity = await propensityIn(options.propensity)
  return await withBook(options, 'reads', async (book) => {
    const { queue, asOf, knownAt } = options
    const list = await book.worklist({
      ...(queue === undefined ? {} : { queue }),
      ...(asOf === undefined ? {} : { asOf }),
      ...(knownAt === undefined ? {} : { knownAt }),
      ...(propensity === undefined ? {} : { propensity }),
      // A person reads the top of the list; a program has every item decided.
      ...(options.json ? {} : { nextActions: limit ?? SHOWN }),
      ...(options.mine ? { assignedTo: options.actor } : {}),
    })
    if (options.json) {
      const items = list.items.slice(0, limit)
      say(
        jsonText({
          ...list,
          items: items.map((item) => ({ account: null, remittance: null, due: null, ...item })),
        }),
      )
    } else {
      const { timeZone } = (await book.policy()).policy.practice
      for (const line of worklistLines(list, limit ?? SHOWN, timeZone)) say(line)
    }
    return 0
  })
}
