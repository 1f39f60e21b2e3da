import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { sqliteEventStore } from '../src/sqlite/index.ts'
import { fillAndGoOn } from './disk/filling.ts'
import { noSmallDisk, type SmallDisk, smallDisk } from './disk/small-disk.ts'
import { opened } from './store/fixtures.ts'

const MEGABYTES = 4

describe('a file of SQLite on a disk that is full', () => {
  let disk: SmallDisk | undefined
  beforeAll(() => {
    disk = smallDisk(MEGABYTES)
  })
  afterAll(() => disk?.remove())

  it('B3 B9 says so, loses nothing that it acknowledged, and goes on when there is room', {
    tags: ['torture', 'B3', 'B9'],
  }, async ({ task, skip }) => {
    if (!disk) return skip(noSmallDisk)
    const path = join(disk.path, 'book.db')
    const { store, close } = await opened(sqliteEventStore({ path }))
    const tally = await fillAndGoOn(store, 'the disk is full', () => disk?.grow(MEGABYTES * 4))
    await close()
    leaveFigures({ task }, tally.figures({ programme: 'a small disk that fills up', store: 'SQLite', of: 'disks' }))
    expect(tally.wrong).toEqual([])
  })
})
