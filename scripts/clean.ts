// Removes what builds, type checks and reports have written, also what a source since deleted has left behind.
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.ts'

const written = globSync(['packages/*/dist', '{bench,scripts,packages/*,examples/*}/*.tsbuildinfo'], { cwd: root })
for (const path of [...written, 'coverage', 'docs/api', 'reports']) {
  rmSync(join(root, path), { recursive: true, force: true })
}
