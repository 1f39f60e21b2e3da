import { writeSync } from 'node:fs'
import { openDaybook } from '../../src/index.ts'

// Looks at an account again and again until it is killed: says a line for each answer that it has been given.

const [url = '', account = '', actor = ''] = process.argv.slice(2)
const book = await openDaybook(url, { actor })
writeSync(1, 'open\n')
for (;;) {
  const { account: seen } = await book.account(account)
  writeSync(1, `${seen}\n`)
}
