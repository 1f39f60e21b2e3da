// Removes what builds and reports have written, also what a source since deleted has left behind.
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.ts'

for (const path of [...globSync('packages/*/dist', { cwd: root }), 'coverage', 'docs/api']) {
  rmSync(join(root, path), { recursive: true, force: true })
}
