import { journalTo, readJournal } from './journal.ts'
import { workOn } from './work.ts'
import { type YearOptions, yearOf } from './year.ts'

// Works on a year in a process of its own, which is killed from outside at any moment; given what stands in the journal it
// goes on behind it. Says `begun` when it does, and `done` at its end.

const [url = '', journal = '', options = ''] = process.argv.slice(2)
const steps = yearOf(JSON.parse(options) as YearOptions)
process.stdout.write('begun\n')
await workOn({ url, steps, outcomes: readJournal(journal), onOutcome: journalTo(journal) })
process.stdout.write('done\n')
