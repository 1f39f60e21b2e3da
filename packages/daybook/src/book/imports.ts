import type { Desk } from '@daybook/core/service'
import * as Effect from 'effect/Effect'
import { filesOf } from '../import/files.ts'
import { type Importing, importX12 } from '../import/import-file.ts'
import { type FileReport, type ImportOptions, totalsOf } from '../import/report.ts'
import { deskFor } from './desk.ts'
import { invalidCommand, orFault } from './errors.ts'
import { commandGiven, contentOptions, importContent, importOptions, importPath, importPaths } from './given.ts'
import type { OpenBook } from './open-book.ts'
import type { Acting } from './requests.ts'
import type { CommandError, DaybookShape } from './shape.ts'

/** The posting process acts for whoever imports: their name is on each event, the process has the system's role. */
const processDesk = (book: OpenBook, asking: Acting): Effect.Effect<Desk, CommandError> =>
  Effect.gen(function* () {
    const desk = yield* deskFor(book, asking)
    const { actor } = desk
    // Claims are not held because of who brings the file.
    const [hit] = actor.onBehalfOf?.hits ?? []
    if (hit) return yield* invalidCommand('actor.onBehalfOf', hit.reason)
    return { ...desk, actor: { ...actor, roles: [...new Set([...actor.roles, 'system' as const])] } }
  })

export const importPathsIn = (book: OpenBook): DaybookShape['importPaths'] =>
  Effect.fn('Daybook.importPaths')(function* (paths, options = {}) {
    yield* commandGiven(importPaths, paths, 'paths')
    yield* commandGiven(importOptions, options)
    yield* book.refreshPolicy
    yield* book.beforeRecognising
    const desk = yield* processDesk(book, options)
    const all = yield* Effect.promise(() => filesOf(paths))
    const files: FileReport[] = []
    let claims = 0
    for (const [at, path] of all.entries()) {
      const tell = (file: number) => options.onProgress?.({ path, file, files: all.length, claims })
      tell(at)
      const report = yield* orFault(
        importX12(desk, { path }, options.openMissing ?? false, (transaction) => {
          claims += transaction.claims
          tell(at)
        }),
      )
      files.push(report)
      tell(at + 1)
    }
    return { files, totals: totalsOf(files) }
  })

/** One file, or what is given of one. */
const importOne = (book: OpenBook, importing: Importing, options: ImportOptions) =>
  Effect.gen(function* () {
    yield* book.refreshPolicy
    yield* book.beforeRecognising
    const { path } = importing
    let claims = 0
    const desk = yield* processDesk(book, options)
    return yield* orFault(
      importX12(desk, importing, options.openMissing ?? false, (transaction) => {
        claims += transaction.claims
        options.onProgress?.({ path, file: 0, files: 1, claims })
      }),
    )
  })

export const importFileIn = (book: OpenBook): DaybookShape['importFile'] =>
  Effect.fn('Daybook.importFile')(function* (path, options = {}) {
    yield* commandGiven(importPath, path, 'path')
    yield* commandGiven(importOptions, options)
    return yield* importOne(book, { path }, options)
  })

export const importContentIn = (book: OpenBook): DaybookShape['importContent'] =>
  Effect.fn('Daybook.importContent')(function* (content, options = {}) {
    yield* commandGiven(importContent, content, 'content')
    yield* commandGiven(contentOptions, options)
    return yield* importOne(book, { path: options.name ?? '(content)', content }, options)
  })
