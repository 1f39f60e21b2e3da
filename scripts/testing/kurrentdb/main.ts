// A server of the wire protocol of EventStoreDB / KurrentDB for tests and trials, on loopback, in a process of its own.
// It prints the URL by which it is reached. With `--data FILE` its log survives the process. Faults are asked for by
// messages of the parent process: see control.ts.
//   node scripts/testing/kurrentdb/main.ts [--nodes N] [--data FILE] [--max-append BYTES] [--no-batch-append]
//     [--tls CERTIFICATE --tls-key KEY] [--user NAME:PASSWORD]
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Asked } from './control.ts'
import { FaultTape } from './faults.ts'
import { Log } from './log.ts'
import { type Cluster, Node } from './node.ts'

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '1' },
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    'max-append': { type: 'string' },
    'no-batch-append': { type: 'boolean', default: false },
    tls: { type: 'string' },
    'tls-key': { type: 'string', default: '' },
    user: { type: 'string' },
  },
})
const maxAppend = values['max-append'] === undefined ? undefined : Number(values['max-append'])

const cluster: Cluster = {
  log: new Log({ file: values.data, maxAppend }),
  tape: new FaultTape(),
  nodes: [],
  leader: 0,
  batchAppend: !values['no-batch-append'],
  tls:
    values.tls === undefined
      ? undefined
      : { certificate: readFileSync(values.tls), key: readFileSync(values['tls-key']) },
  user: values.user,
}
for (let number = 0; number < Number(values.nodes); number++) new Node(cluster)
for (const [number, node] of cluster.nodes.entries()) await node.start(number === 0 ? Number(values.port) : 0)

const answer = async (asked: Asked): Promise<unknown> => {
  const node = cluster.nodes[('node' in asked ? asked.node : undefined) ?? cluster.leader]
  switch (asked.do) {
    case 'faults':
      return cluster.tape.add(asked.faults)
    case 'mend':
      return cluster.tape.clear()
    case 'struck':
      return cluster.tape.struck
    case 'restart':
      await node?.shut()
      await wait(asked.ms)
      return node?.open()
    case 'shut':
      return node?.shut()
    case 'open':
      return node?.open()
    case 'lead':
      cluster.leader = asked.node
      return undefined
    case 'clock':
      cluster.log.clock = () => Date.now() + asked.ahead
      return undefined
    case 'texts':
      return cluster.log.texts()
    case 'rewrite':
      return cluster.log.rewrite(asked.texts)
  }
}

process.on('message', async ({ id, asked }: { readonly id: number; readonly asked: Asked }) => {
  process.send?.({ id, answer: (await answer(asked)) ?? null })
})
process.on('disconnect', () => process.exit())

const hosts = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')
const url = `esdb://${hosts}?tls=${cluster.tls !== undefined}`
process.send?.({ url, ports: cluster.nodes.map(({ port }) => port) })
console.log(url)
