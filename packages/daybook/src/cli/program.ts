import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { type CommandName, commands, sharedOptions } from './catalogue.ts'
import { statusOf } from './failure.ts'
import { withDefaults } from './options.ts'
import { type Own, own } from './own-options.ts'
import { complain, printableLines, watchOutput } from './terminal.ts'

type Runner = (given: readonly string[], options: never) => Promise<number>

/** Each command's own code, loaded when it is asked for. */
const runners: Readonly<Record<CommandName, Runner>> = {
  import: async (...asked) => (await import('./commands/import.ts')).run(...asked),
  aging: async (...asked) => (await import('./commands/aging.ts')).run(...asked),
  'accounts-control': async (...asked) => (await import('./commands/accounts-control.ts')).run(...asked),
  cash: async (...asked) => (await import('./commands/cash.ts')).run(...asked),
  deposit: async (...asked) => (await import('./commands/deposit.ts')).run(...asked),
  worklist: async (...asked) => (await import('./commands/worklist.ts')).run(...asked),
  accounts: async (...asked) => (await import('./commands/accounts.ts')).run(...asked),
  account: async (...asked) => (await import('./commands/account.ts')).run(...asked),
  history: async (...asked) => (await import('./commands/history.ts')).run(...asked),
  explain: async (...asked) => (await import('./commands/explain.ts')).run(...asked),
  release: async (...asked) => (await import('./commands/release.ts')).run(...asked),
  reject: async (...asked) => (await import('./commands/reject.ts')).run(...asked),
  dismiss: async (...asked) => (await import('./commands/dismiss.ts')).run(...asked),
  refund: async (...asked) => (await import('./commands/refund.ts')).run(...asked),
  command: async (...asked) => (await import('./commands/command.ts')).run(...asked),
  may: async (...asked) => (await import('./commands/may.ts')).run(...asked),
  contact: async (...asked) => (await import('./commands/contact.ts')).run(...asked),
  note: async (...asked) => (await import('./commands/note.ts')).run(...asked),
  delegate: async (...asked) => (await import('./commands/delegate.ts')).run(...asked),
  'hand-over': async (...asked) => (await import('./commands/hand-over.ts')).run(...asked),
  statement: async (...asked) => (await import('./commands/statement.ts')).run(...asked),
  letter: async (...asked) => (await import('./commands/letter.ts')).run(...asked),
  person: async (...asked) => (await import('./commands/person.ts')).run(...asked),
  accesses: async (...asked) => (await import('./commands/accesses.ts')).run(...asked),
  disclosures: async (...asked) => (await import('./commands/disclosures.ts')).run(...asked),
  rules: async (...asked) => (await import('./commands/rules.ts')).run(...asked),
  day: async (...asked) => (await import('./commands/day.ts')).run(...asked),
  rebuild: async (...asked) => (await import('./commands/rebuild.ts')).run(...asked),
  backup: async (...asked) => (await import('./commands/backup.ts')).run(...asked),
  export: async (...asked) => (await import('./commands/export.ts')).run(...asked),
  'import-log': async (...asked) => (await import('./commands/import-log.ts')).run(...asked),
  check: async (...asked) => (await import('./commands/check.ts')).run(...asked),
}

const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}

const parserFor = (onRun: (status: number) => void): Command => {
  const program = new Command('daybook')
  program
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(daybook --help lists the commands)')
  program.configureOutput({
    outputError: (text, write) => write(printableLines(text.replace(/^error: /, 'daybook: '))),
  })
  program.version(version(), '-V, --version', 'the version of Daybook')
  for (const [flags, says] of sharedOptions) program.option(flags, says)
  for (const { name, says } of commands) {
    const mine: Own = own[name]
    const command = program
      .command(name)
      .description(says)
      .allowExcessArguments(false)
      .showHelpAfterError(`(daybook ${name} --help says more)`)
    for (const [argument, help] of mine.arguments ?? []) command.argument(argument, help)
    for (const [flags, help] of mine.required ?? []) command.requiredOption(flags, help)
    for (const [flags, help] of mine.options ?? []) command.option(flags, help)
    if (mine.after) command.addHelpText('after', mine.after)
    command.action(async () => {
      onRun(await runners[name](command.args, withDefaults<never>(command.optsWithGlobals(), process.env)))
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
  const isLost = watchOutput()
  try {
    await program.parseAsync(args, { from: 'user' })
    return isLost() ? 1 : status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const failure = statusOf(error)
    complain(failure.message)
    return failure.status
  }
}
