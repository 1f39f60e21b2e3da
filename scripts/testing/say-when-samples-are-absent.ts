// Sample files of other people are not part of this repository. Tests that read them skip where they are absent;
// one line says so, lest a short run pass for a whole one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export default function sayWhenSamplesAreAbsent(): void {
  const samples = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
  if (!existsSync(samples))
    console.warn('The folder ../shared/data is absent: the tests that read samples are skipped.')
}
