// Writes docs/editing.md: who tells of what is edited in the file of a book.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { editingPage } from '../packages/daybook/test/support/editing-page.ts'

writeFileSync(join(import.meta.dirname, '..', 'docs', 'editing.md'), editingPage())
