import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { notRegular } from '../book/regular-file.ts'
import type { Own } from '../book/rules.ts'
import { type SharedOptions, UsageError } from './options.ts'

/**
 * The own rules and facts of a module; what of them can not be used is told when they are added to the house's. The module
 * is run: it is named by whoever runs the command, and is as trusted as the command itself.
 */
export const ownRulesOf = async ({ rules: path }: SharedOptions): Promise<Own> => {
  if (path === undefined) return {}
  const why = notRegular(resolve(path))
  if (why !== undefined) throw new UsageError(`--rules: ${path} can not be loaded: ${why}`)
  let module: Own & { readonly default?: Own }
  try {
    module = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    throw new UsageError(
      `--rules: ${path} can not be loaded: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  const { rules, facts } = module.rules === undefined ? (module.default ?? module) : module
  if (rules === undefined) throw new UsageError(`--rules: ${path} exports no \`rules\``)
  return { rules, ...(facts === undefined ? {} : { facts }) }
}
