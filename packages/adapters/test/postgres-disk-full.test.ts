import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { leaveFigures } from '../../../scripts/testing/figures.ts'
import { ownerHere } from '../../../scripts/testing/postgres/binaries.ts'
import { type Cluster, makeCluster } from '../../../scripts/testing/postgres/cluster.ts'
import { postgresEventStore } from '../src/postgres/index.ts'
import { fillAndGoOn } from './disk/filling.ts'
import { noSmallDisk, type SmallDisk, smallDisk } from './disk/small-disk.ts'
import { type Opened, opened } from './store/fixtures.ts'
import { noServer } from './store/postgres.ts'

/** An empty database and its book take some nine of them. */
const MEGABYTES = 24

describe.skipIf(noServer)('a server of PostgreSQL whose disk is full', () => {
  let cluster: Cluster
  let place: Opened
  let disk: SmallDisk | undefined
  beforeAll(async () => {
    disk = smallDisk(MEGABYTES, ownerHere())
    if (!disk) return
    cluster = await makeCluster()
    await cluster.start()
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    await client.query(`CREATE TABLESPACE small LOCATION '${disk.path}'`)
    await client.query('CREATE DATABASE small TABLESPACE small')
    await client.end()
    const url = new URL(cluster.url)
    url.pathname = '/small'
    place = await opened(postgresEventStore({ url: url.href, patience: 500 }))
  })
  afterAll(async () => {
    await place?.close()
    await cluster?.stop('immediate')
    cluster?.remove()
    disk?.remove()
  })

  it('B3 B9 says so, loses nothing that it acknowledged, and goes on when there is room', {
    tags: ['torture', 'B3', 'B9'],
  }, async ({ task, skip }) => {
    if (!disk) skip(noSmallDisk)
    const says = 'the disk of the server is full: make room'
    const tally = await fillAndGoOn(place.store, says, () => disk?.grow(MEGABYTES * 4))
    leaveFigures({ task }, tally.figures({ programme: 'a small disk that fills up', store: 'PostgreSQL', of: 'disks' }))
    expect(tally.wrong).toEqual([])
  })
})
