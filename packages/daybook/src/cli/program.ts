import { Command, CommanderError, Option } from 'commander'
import { commands, sharedOptions } from './catalogue.ts'
import { statusOf } from './failure.ts'
import { complain } from './terminal.ts'

const sharedFlags = (name: string): readonly [string, string] => {
  const found = sharedOptions.find(([flags]) => flags.startsWith(`--${name}`))
  if (!found) throw new RangeError(`no shared option ${name}`)
  return found
}

const asOf = ['--as-of <day>', 'what was true on a day, YYYY-MM-DD; today when not given'] as const
const knownAt = ['--known-at <moment>', 'what the book knew: @POSITION, a day, or a time'] as const

interface Own {
  readonly arguments?: readonly (readonly [name: string, says: string])[]
  readonly options?: readonly (readonly [flags: string, says: string])[]
  readonly required?: readonly (readonly [flags: string, says: string])[]
  readonly after?: string
}

const own: Readonly<Record<string, Own>> = {
  import: {
    arguments: [['<path...>', 'X12 files; of a directory, the files directly in it, by name, without dotfiles']],
    options: [['--open-missing', 'open accounts for claims never seen, instead of holding them']],
    after: `
What a file is, is told by its content. One that can not be read does not stop the others: the exit status is then 1.
A file has at most 32 MB. The same file again is a duplicate: nothing is posted twice.`,
  },
  aging: {
    options: [
      asOf,
      knownAt,
      ['--basis <basis>', 'responsibility, dos, billDate or firstStatement'],
      ['--by <dimension>', 'payer, coverage, financialClass, location or provider'],
    ],
  },
  worklist: {
    options: [
      ['--queue <queue>', 'a queue, or a part of one: denials, denials:auth'],
      asOf,
      ['--limit <n>', 'at most so many, from the top'],
    ],
  },
  account: { arguments: [['<id>', 'account id, or its beginning']], options: [asOf, knownAt] },
  history: { arguments: [['<id>', 'account or remittance id, or its beginning']], options: [asOf, knownAt] },
  explain: {
    arguments: [['<id>', 'account id, or its beginning']],
    options: [['--line <line>', 'one line of the account'], asOf, knownAt],
  },
  release: {
    arguments: [['<id>', 'remittance id, or its beginning']],
    required: [['--reason <text>', 'why; goes into the book']],
    options: [
      ['--claim <n>', 'a held claim: everything held of the remittance is tried again'],
      ['--account <name>', 'control account that takes the difference, such as providerAdjustment:CS'],
      ['--payment-date <day>', 'where the advice names none'],
      ['--open-missing', 'open accounts for claims never seen'],
    ],
  },
  reject: {
    arguments: [['<id>', 'remittance id, or its beginning']],
    required: [['--reason <text>', 'why; goes into the book']],
    options: [
      ['--claim <n>', 'give up one held claim, not the whole remittance'],
      ['--account <name>', "control account that takes the claim's money out of clearing"],
    ],
  },
  command: {
    arguments: [['<file...>', 'JSON files, - for standard input']],
    after: `
A file holds one command or an array: {"account": "…", "commandId": "…", "type": "PostCharge", "on": "2026-11-02", …}.
A command without a commandId gets one; with one, sending it again gives its first receipt.`,
  },
  rules: {
    arguments: [['[id]', 'a rule, such as PC-02; all when not given']],
    options: [
      ['--facts <json>', 'facts as JSON, or a file of them: prints what the rule decides and why'],
      ['--as-of <day>', 'the day on which it is decided; today when not given'],
    ],
  },
  check: {},
}

const parserFor = (onRun: (status: number) => void): Command => {
  const program = new Command('daybook')
  program.exitOverride().configureHelp({ showGlobalOptions: true })
  program.option(...sharedFlags('json')).option(...sharedFlags('role'))
  program.addOption(new Option(...sharedFlags('db')).env('DAYBOOK_DB').default('sqlite:daybook.db'))
  program.addOption(new Option(...sharedFlags('actor')).env('DAYBOOK_ACTOR').default('cli'))
  program.addOption(new Option(...sharedFlags('practice')).env('DAYBOOK_PRACTICE'))
  for (const { name, says } of commands) {
    const mine = own[name] ?? {}
    const command = program.command(name).description(says)
    for (const [argument, help] of mine.arguments ?? []) command.argument(argument, help)
    for (const [flags, help] of mine.required ?? []) command.requiredOption(flags, help)
    for (const [flags, help] of mine.options ?? []) command.option(flags, help)
    if (mine.after) command.addHelpText('after', mine.after)
    command.action(async () => {
      const { run } = (await import(`./commands/${name}.ts`)) as {
        run: (given: readonly string[], options: unknown) => Promise<number>
      }
      onRun(await run(command.args, command.optsWithGlobals()))
    })
  }
  return program
}

/** Runs the command line; gives the exit status: 0 done, 1 done but something is not right, 2 bad usage. */
export const run = async (args: readonly string[]): Promise<number> => {
  let status = 0
  const program = parserFor((result) => {
    status = result
  })
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const failure = statusOf(error)
    complain(failure.message)
    return failure.status
  }
}
