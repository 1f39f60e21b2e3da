import * as Context from 'effect/Context'
import * as Layer from 'effect/Layer'
import type { DaybookShape, OpenError, OpenOptions } from '../book/contract.ts'
import { openShape } from '../book/daybook.ts'

export * from '../book/contract.ts'
export { openShape as openDaybook } from '../book/daybook.ts'
export * from '../book/errors.ts'

/** An open book as an Effect service. What the Promise API gives is this, run. */
export class Daybook extends Context.Service<Daybook, DaybookShape>()('daybook/Daybook') {
  /** The book at a URL, closed when the layer's scope closes. */
  static readonly layer = (url: string, options: OpenOptions): Layer.Layer<Daybook, OpenError> =>
    Layer.effect(Daybook, openShape(url, options))
}
