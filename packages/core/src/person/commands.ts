import { z } from 'zod'
import { type ContactCommand, contactCommands } from './contact-commands.ts'
import { type FileCommand, fileCommands } from './file-commands.ts'
import { type LikenessCommand, likenessCommands } from './likeness-commands.ts'
import { type SkipTraceCommand, skipTraceCommands } from './skip-trace-commands.ts'
import { type StandingCommand, standingCommands } from './standing-commands.ts'

/** Everything the desk may ask of a person. */
export type PersonCommand = FileCommand | LikenessCommand | SkipTraceCommand | StandingCommand | ContactCommand

/** Schemas of all commands of a person. */
export const personCommandSchemas = [
  ...fileCommands,
  ...likenessCommands,
  ...skipTraceCommands,
  ...standingCommands,
  ...contactCommands,
] as const

export const personCommand = z.discriminatedUnion('type', personCommandSchemas)
/** A command as a caller writes it: plain strings and numbers; brands come out of validation. */
export type PersonCommandInput = z.input<typeof personCommand>

/** All but one report what has happened, and are recorded whatever stands against it (decision 0014). */
export const personAsks = ['BeginContact'] as const satisfies readonly PersonCommand['type'][]
