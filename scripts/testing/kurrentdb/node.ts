import { connect, createServer, type Server as NetServer, type Socket } from 'node:net'
import { type Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js'
import { writing } from './appends.ts'
import type { FaultTape } from './faults.ts'
import type { Log } from './log.ts'
import { reading } from './reads.ts'
import { failure, serviceOf } from './wire.ts'

const HOST = '127.0.0.1'
const FOLLOWER = 6
const LEADER = 8

/** What all nodes of a cluster share. */
export interface Cluster {
  readonly log: Log
  readonly tape: FaultTape
  readonly nodes: Node[]
  leader: number
  /** Whether the server says that it takes many appends over one call, as all since 21.10 do. */
  readonly batchAppend: boolean
  /** What it encrypts with; absent: it does not. */
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | undefined
  /** `name:password` of the only user that it lets in; absent: everybody. */
  readonly user: string | undefined
}

const credentialsOf = ({ tls }: Cluster): ServerCredentials =>
  tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure()

const listening = (server: NetServer, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })

/**
 * One node of a cluster: a gRPC server behind a door of its own, through which every byte goes. Shutting the door is what a
 * crash or a network looks like from outside; the log behind it is durable and stays.
 */
export class Node {
  readonly log: Log
  readonly tape: FaultTape
  readonly #cluster: Cluster
  readonly #number: number
  readonly #server = new Server({ 'grpc.max_receive_message_length': 32 * 1024 * 1024 })
  readonly #sockets = new Set<Socket>()
  #door: NetServer | undefined
  #inner = 0
  port = 0

  constructor(cluster: Cluster) {
    this.log = cluster.log
    this.tape = cluster.tape
    this.#cluster = cluster
    this.#number = cluster.nodes.push(this) - 1
    this.#server.addService(serviceOf('streams', 'Streams'), { ...writing(this), ...reading(this) })
    this.#server.addService(serviceOf('gossip', 'Gossip'), { Read: this.#gossip })
    this.#server.addService(serviceOf('server_features', 'ServerFeatures'), { GetSupportedMethods: this.#features })
  }

  get isUp(): boolean {
    return this.#door !== undefined
  }

  async start(port = 0): Promise<void> {
    this.#inner = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync(`${HOST}:0`, credentialsOf(this.#cluster), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    )
    await this.open(port)
  }

  /** Lets clients in, at the port that the node had before. */
  async open(port = this.port): Promise<void> {
    const door = createServer((outer) => {
      const inner = connect(this.#inner, HOST)
      for (const socket of [outer, inner]) {
        this.#sockets.add(socket)
        socket.setNoDelay(true)
        socket.on('error', () => {})
        socket.on('close', () => {
          this.#sockets.delete(socket)
          outer.destroy()
          inner.destroy()
        })
      }
      outer.pipe(inner).pipe(outer)
    })
    this.port = await listening(door, port)
    this.#door = door
  }

  /** Drops every channel; new ones are let in. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.destroy()
  }

  /** Drops every channel and lets nobody in. */
  async shut(): Promise<void> {
    const door = this.#door
    this.#door = undefined
    this.cut()
    if (door) await new Promise((resolve) => door.close(resolve))
  }

  async stop(): Promise<void> {
    await this.shut()
    this.#server.forceShutdown()
  }

  notLeader() {
    const leader = this.#cluster.nodes[this.#cluster.leader] ?? this
    const where = { 'leader-endpoint-host': HOST, 'leader-endpoint-port': String(leader.port) }
    return failure(status.NOT_FOUND, 'not-leader', where)
  }

  /** @throws the status by which a stranger is refused, or a follower sends a client on. */
  mayRead(metadata: Metadata): void {
    const { user } = this.#cluster
    const due = user === undefined ? undefined : `Basic ${Buffer.from(user).toString('base64')}`
    if (due !== undefined && metadata.get('authorization')[0] !== due) throw failure(status.UNAUTHENTICATED, '')
    if (metadata.get('requires-leader')[0] === 'true' && this.#number !== this.#cluster.leader) throw this.notLeader()
  }

  mayWrite(metadata: Metadata): void {
    this.mayRead(metadata)
    if (this.#number !== this.#cluster.leader) throw this.notLeader()
  }

  readonly #gossip = (_call: unknown, answer: (error: null, message: object) => void): void => {
    answer(null, {
      members: this.#cluster.nodes.map((node, number) => ({
        instance_id: { string: `00000000-0000-4000-8000-00000000000${number}` },
        time_stamp: String(Date.now()),
        state: number === this.#cluster.leader ? LEADER : FOLLOWER,
        is_alive: node.isUp,
        http_end_point: { address: HOST, port: node.port },
      })),
    })
  }

  readonly #features = (_call: unknown, answer: (error: null, message: object) => void): void => {
    const methods = ['append', 'read', ...(this.#cluster.batchAppend ? ['batchappend'] : [])]
    answer(null, {
      methods: methods.map((method_name) => ({ method_name, service_name: 'event_store.client.streams.streams' })),
      event_store_server_version: '0.0.0-wire',
    })
  }
}
