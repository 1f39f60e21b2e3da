// Writes docs/data-inventory.md: what each event holds, and what kind of information it is.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inventoryPage } from '@daybook/core/testing'

writeFileSync(join(import.meta.dirname, '..', 'docs', 'data-inventory.md'), inventoryPage())
