import fc from 'fast-check'
import type { Deed } from './recorded-run.ts'

/** What a disk has of what was not synced: all, nothing, or anything. */
export type Left = 'all' | 'nothing' | 'anything'

/** A moment at which the power goes, and what comes of what was not synced. */
export interface PowerLoss {
  /** Of the deeds, how many were done. */
  readonly after: number
  readonly left: Left
  /** Of the choices, one by one, where anything may be left. */
  readonly seed: number
}

export const powerLosses = (deeds: readonly Deed[]): fc.Arbitrary<PowerLoss> =>
  fc.record({
    after: fc.nat({ max: deeds.length }),
    left: fc.constantFrom<Left>('nothing', 'all', 'anything', 'anything', 'anything', 'anything'),
    seed: fc.nat(),
  })

/** As much of a page as a disk writes whole. */
const SECTOR = 512

/** A number from 0 up to 1, again and again (mulberry32): the same for the same seed. */
const drawing = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly size: number }

/** A file as the disk has it, and what has come since its last sync. */
interface OnDisk {
  synced: Buffer
  pending: Change[]
}

const changed = (content: Buffer, change: Change): Buffer => {
  if ('size' in change) {
    const cut = Buffer.alloc(change.size)
    content.copy(cut)
    return cut
  }
  const end = change.at + change.bytes.length
  const grown = content.length < end ? Buffer.concat([content, Buffer.alloc(end - content.length)]) : content
  change.bytes.copy(grown, change.at)
  return grown
}

const contentAfter = (file: OnDisk, changes: readonly Change[]): Buffer =>
  changes.reduce(changed, Buffer.from(file.synced))

/** The sectors of a write that have reached the disk: any of them. */
const torn = (
  { at, bytes }: { readonly at: number; readonly bytes: Buffer },
  draw: () => number,
): readonly Change[] => {
  const pieces: Change[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR))
    if (draw() < 0.5) pieces.push({ at: at + from, bytes: bytes.subarray(from, to) })
    from = to
  }
  return pieces
}

const shuffled = <T>(all: readonly T[], draw: () => number): readonly T[] => {
  const left = [...all]
  for (let at = left.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1))
    ;[left[at], left[other]] = [left[other] as T, left[at] as T]
  }
  return left
}

/** Of changes that were not synced: those that have reached the disk, whole or in part, in the order in which they did. */
const reached = (pending: readonly Change[], left: Left, draw: () => number): readonly Change[] => {
  if (left === 'nothing') return []
  if (left === 'all') return pending
  const kept = pending.flatMap((change): readonly Change[] => {
    const chance = draw()
    if (chance < 0.35) return []
    return chance < 0.75 || 'size' in change ? [change] : torn(change, draw)
  })
  return draw() < 0.5 ? kept : shuffled(kept, draw)
}

/**
 * The files that a folder has when the power comes back. What a file was synced with is there. What came since is there or
 * not, in whole sectors of 512 bytes, in any order. A name that was made or taken away is sure to be so once the folder was
 * synced.
 */
export const imageAfter = (deeds: readonly Deed[], { after, left, seed }: PowerLoss): ReadonlyMap<string, Buffer> => {
  const draw = drawing(seed)
  let names = new Map<string, OnDisk>()
  /** As the folder was synced. */
  let sure = new Map<string, OnDisk>()
  for (const deed of deeds.slice(0, after)) {
    if (deed.does === 'say') continue
    if (deed.does === 'sync-folder') sure = new Map(names)
    else if (deed.does === 'unlink') names = new Map([...names].filter(([name]) => name !== deed.file))
    else {
      const file = names.get(deed.file) ?? { synced: Buffer.alloc(0), pending: [] }
      names.set(deed.file, file)
      if (deed.does === 'write') file.pending.push({ at: deed.at, bytes: deed.bytes })
      else if (deed.does === 'cut') file.pending.push({ size: deed.size })
      else if (deed.does === 'sync') {
        file.synced = contentAfter(file, file.pending)
        file.pending = []
      }
    }
  }
  const image = new Map<string, Buffer>()
  for (const name of new Set([...sure.keys(), ...names.keys()])) {
    const isSure = sure.get(name) === names.get(name)
    const isNew = isSure || left === 'all' || (left === 'anything' && draw() < 0.5)
    const file = (isNew ? names : sure).get(name)
    if (file) image.set(name, contentAfter(file, reached(file.pending, left, draw)))
  }
  return image
}
