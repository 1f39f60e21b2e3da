// Records the wire contract as it is now: packages/core/test/wire/golden/v1.json. Versions older than the schemas'
// stay as recorded. From 1.0 on a released version never changes: this refuses, and the answer is a new version.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { everyEvent, type WireGolden, wireChanges, wireGolden } from '@daybook/core/testing'

const core = join(import.meta.dirname, '..', 'packages', 'core')
const file = join(core, 'test', 'wire', 'golden', 'v1.json')
const before: WireGolden = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const now = wireGolden(everyEvent, before)
const { version } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8')) as { readonly version: string }
const broken = wireChanges(before, now).filter((change) => !change.endsWith('not yet recorded'))
if (Number(version.split('.', 1)[0]) >= 1 && broken.length > 0) {
  console.error(`Released versions changed; add a version and an upcast instead.\n${broken.join('\n')}`)
  process.exitCode = 1
} else {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`)
}
