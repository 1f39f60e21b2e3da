import {
  type Cell,
  type Checkpoint,
  type Conflict,
  type Integrity,
  type Item,
  NEW_VIEW,
  type ViewChange,
  type ViewName,
  ViewStore,
  type ViewStoreShape,
} from '@daybook/core/ports'
import * as Effect from 'effect/Effect'
import * as Layer from 'effect/Layer'
import { changeFault, movedOn, standsAt } from '../view-contract.ts'

interface Rows {
  checkpoint: Checkpoint
  readonly docs: Map<string, string>
  /** By series, by the cell's other coordinates. */
  readonly cells: Map<string, Map<string, Cell>>
  /** By list, by key. */
  readonly items: Map<string, Map<string, Item>>
}

const nothing = (): Rows => ({ checkpoint: NEW_VIEW, docs: new Map(), cells: new Map(), items: new Map() })
const nameOf = ({ view, version }: ViewName): string => `${view}@${version}`

const within = <V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> => {
  const known = maps.get(key)
  if (known) return known
  const created = new Map<string, V>()
  maps.set(key, created)
  return created
}

const addCell = (rows: Rows, cell: Cell): void => {
  const series = within(rows.cells, cell.series)
  const place = `${cell.x}|${cell.y}|${cell.z}|${cell.kind}`
  series.set(place, { ...cell, amount: cell.amount + (series.get(place)?.amount ?? 0) })
}

/** The change with its iterables read out: whatever they throw, they throw before anything is written. */
const materialised = (change: ViewChange) => ({
  put: [...(change.put ?? [])],
  drop: [...(change.drop ?? [])],
  add: [...(change.add ?? [])],
  items: [...(change.items ?? [])],
  dropItems: [...(change.dropItems ?? [])],
})

const apply = (rows: Rows, change: ReturnType<typeof materialised>, checkpoint: Checkpoint): void => {
  for (const key of change.drop) rows.docs.delete(key)
  for (const [key, body] of change.put) rows.docs.set(key, body)
  for (const cell of change.add) addCell(rows, cell)
  for (const { list, key } of change.dropItems) rows.items.get(list)?.delete(key)
  for (const item of change.items) within(rows.items, item.list).set(item.key, item)
  rows.checkpoint = checkpoint
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Place = Omit<Cell, 'amount'>
const inPlace = (a: Place, b: Place): number =>
  compare(a.series, b.series) || a.x - b.x || a.y - b.y || a.z - b.z || compare(a.kind, b.kind)

type InList = Pick<Item, 'list' | 'key'>
const inLists = (a: InList, b: InList): number => compare(a.list, b.list) || compare(a.key, b.key)

const sumOf = (cells: Iterable<Cell>, x: number, y: number) => {
  const totals = new Map<string, { z: number; kind: string; amount: number }>()
  for (const cell of cells) {
    if (cell.x > x || cell.y > y) continue
    const key = `${cell.z}|${cell.kind}`
    const total = totals.get(key)
    if (total) total.amount += cell.amount
    else totals.set(key, { z: cell.z, kind: cell.kind, amount: cell.amount })
  }
  return [...totals.values()].filter(({ amount }) => amount !== 0)
}

const commitTo = (rows: Rows, change: ViewChange): Conflict | Integrity | undefined => {
  const pieces = materialised(change)
  const fault = changeFault(change, pieces.add)
  if (fault) return fault
  const { position } = rows.checkpoint
  if (position !== change.from) return movedOn(change, position)
  apply(rows, pieces, { position: change.to, leaf: change.leaf })
  return undefined
}

/** Views in memory, for tests and trials. Gone with the process; the events rebuild them. */
export const memoryViewStore = (): Effect.Effect<ViewStoreShape> =>
  Effect.sync(() => {
    const views = new Map<string, { readonly name: ViewName; readonly rows: Rows }>()
    const read = (name: ViewName): Rows => views.get(nameOf(name))?.rows ?? nothing()
    const keep = (name: ViewName, rows: Rows): void => {
      views.set(nameOf(name), { name, rows })
    }
    return {
      names: Effect.sync(() =>
        [...views.values()]
          .map(({ name: { view, version } }) => ({ view, version }))
          .sort((a, b) => compare(a.view, b.view) || a.version - b.version),
      ),
      checkpoint: (name) => Effect.sync(() => read(name).checkpoint),
      commit: (change) =>
        Effect.suspend(() => {
          const rows = read(change)
          const failure = commitTo(rows, change)
          if (failure) return Effect.fail(failure)
          keep(change, rows)
          return Effect.void
        }),
      doc: (name, key) => Effect.sync(() => read(name).docs.get(key)),
      docsOf: (name, keys) =>
        Effect.sync(() => {
          const { docs } = read(name)
          const found = new Map<string, string>()
          for (const key of keys) {
            const body = docs.get(key)
            if (body !== undefined) found.set(key, body)
          }
          return found
        }),
      docs: (name, { prefix = '', after = '', limit }) =>
        Effect.sync(() =>
          [...read(name).docs]
            .filter(([key]) => key > after && key.startsWith(prefix))
            .sort(([a], [b]) => compare(a, b))
            .slice(0, limit)
            .map(([key, body]) => ({ key, body })),
        ),
      sum: (name, { series, x, y }) => Effect.sync(() => sumOf(read(name).cells.get(series)?.values() ?? [], x, y)),
      series: (name, prefix) =>
        Effect.sync(() => [...read(name).cells.keys()].filter((series) => series.startsWith(prefix)).sort(compare)),
      items: (name, { list, after, limit }) =>
        Effect.sync(() =>
          [...(read(name).items.get(list)?.values() ?? [])]
            .sort((a, b) => compare(a.rank, b.rank) || compare(a.key, b.key))
            .filter(({ rank, key }) => !after || (compare(rank, after.rank) || compare(key, after.key)) > 0)
            .slice(0, limit),
        ),
      cells: (name, { after, limit }) =>
        Effect.sync(() =>
          [...read(name).cells.values()]
            .flatMap((series) => [...series.values()])
            .sort(inPlace)
            .filter((cell) => !after || inPlace(cell, after) > 0)
            .slice(0, limit),
        ),
      everyItem: (name, { after, limit }) =>
        Effect.sync(() =>
          [...read(name).items.values()]
            .flatMap((list) => [...list.values()])
            .sort(inLists)
            .filter((item) => !after || inLists(item, after) > 0)
            .slice(0, limit),
        ),
      strays: Effect.succeed(0),
      sweep: Effect.void,
      forget: (name, at) =>
        Effect.sync(() => {
          if (at === undefined || standsAt(read(name).checkpoint, at)) views.delete(nameOf(name))
        }),
      replace: (live, built) =>
        Effect.sync(() => {
          const beside = views.get(nameOf(built))
          views.delete(nameOf(built))
          views.delete(nameOf(live))
          if (beside) keep(live, beside.rows)
        }),
    } satisfies ViewStoreShape
  })

export const memoryViewStoreLayer: Layer.Layer<ViewStore> = Layer.effect(ViewStore, memoryViewStore())
