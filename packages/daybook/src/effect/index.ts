import * as Context from 'effect/Context'
import * as Layer from 'effect/Layer'
import { openShape } from '../book/daybook.ts'
import type { OpenOptions } from '../book/requests.ts'
import type { DaybookShape, OpenError } from '../book/shape.ts'

export { openShape as openDaybook } from '../book/daybook.ts'
export type { CommandError, DaybookShape, MoveError, OpenError, QueryError } from '../book/shape.ts'
export { importLogInto as importLog } from '../move/import-log.ts'

/** An open book as an Effect service. What the Promise API gives is this, run. */
export class Daybook extends Context.Service<Daybook, DaybookShape>()('daybook/Daybook') {
  /** The book at a URL, closed when the layer's scope closes. */
  static readonly layer = (url: string, options: OpenOptions): Layer.Layer<Daybook, OpenError> =>
    Layer.effect(Daybook, openShape(url, options))
}
