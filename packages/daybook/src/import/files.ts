import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The files that paths name: a file itself, and the files directly in a directory in order of their names, those that
 * begin with a dot left out. A path that leads nowhere, or to nothing, stays in the list:
 * reading it says what is wrong.
 */
export const filesOf = async (paths: readonly string[]): Promise<readonly string[]> => {
  const files: string[] = []
  for (const path of paths) {
    const status = await stat(path).catch(() => undefined)
    if (!status?.isDirectory()) {
      files.push(path)
      continue
    }
    const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
    const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
    files.push(...(names.length > 0 ? names.sort().map((name) => join(path, name)) : [path]))
  }
  return files
}
