import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Which way bytes go: what the client asks, or what the server answers. */
export type Way = 'asked' | 'answered'

/** A connection is cut once so many bytes have gone one way since the proxy was told. */
export interface Cut {
  readonly way: Way
  readonly after: number
  /** Ended in order as far as TCP goes, or torn down so that the other side is told of a reset. */
  readonly how: 'ended' | 'reset'
}

/** What went one way since the proxy was told to look. */
export type Traffic = Readonly<Record<Way, Buffer>>

/** Stands between a client and a server on the loopback, lets everything through, and cuts when it is told to. */
export interface CuttingProxy {
  readonly port: number
  /** Arms the next cut; looks at traffic from here on. */
  readonly next: (cut?: Cut) => void
  readonly traffic: () => Traffic
  /** Whether the cut has been made. */
  readonly isCut: () => boolean
  /** Cuts every connection there is. */
  readonly cutAll: () => void
  readonly close: () => Promise<void>
}

const end = (socket: Socket, how: Cut['how']): void => {
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
}

export const cuttingProxy = async (host: string, port: number): Promise<CuttingProxy> => {
  const pairs = new Set<readonly [client: Socket, server: Socket]>()
  let cut: Cut | undefined
  let made = false
  let seen: Record<Way, Buffer[]> = { asked: [], answered: [] }
  let gone = 0

  const proxy = createServer((client) => {
    const server = connect({ host, port, noDelay: true })
    client.setNoDelay(true)
    const pair = [client, server] as const
    pairs.add(pair)
    const pass = (way: Way, from: Socket, to: Socket): void => {
      from.on('data', (bytes) => {
        seen[way].push(bytes)
        if (cut?.way !== way || gone + bytes.length < cut.after) {
          if (cut?.way === way) gone += bytes.length
          to.write(bytes)
          return
        }
        const { how, after } = cut
        cut = undefined
        made = true
        // What has passed arrives; then there is nobody any more, on neither side.
        to.write(bytes.subarray(0, after - gone), () => end(to, how))
        end(from, how)
      })
      from.on('error', () => {})
      from.on('close', () => {
        pairs.delete(pair)
        to.end()
      })
    }
    pass('asked', client, server)
    pass('answered', server, client)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('the loopback gives no port')

  const cutAll = (): void => {
    for (const [client, server] of pairs) for (const socket of [client, server]) socket.destroy()
  }
  return {
    port: address.port,
    next: (armed) => {
      cut = armed
      made = false
      gone = 0
      seen = { asked: [], answered: [] }
    },
    traffic: () => ({ asked: Buffer.concat(seen.asked), answered: Buffer.concat(seen.answered) }),
    isCut: () => made,
    cutAll,
    close: async () => {
      cutAll()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
