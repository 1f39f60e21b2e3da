// Servers on loopback for programs that are tried as a reader would run them: examples and guides.
import { startWireServer } from './testing/kurrentdb/control.ts'
import { NoServer } from './testing/postgres/binaries.ts'
import { type Cluster, makeCluster } from './testing/postgres/cluster.ts'

export interface Server {
  readonly url: string
  readonly stop: () => Promise<void>
}

const postgres = async (): Promise<Server> => {
  const cluster: Cluster = await makeCluster()
  try {
    await cluster.start()
  } catch (error) {
    cluster.remove()
    throw error
  }
  return {
    url: cluster.url,
    stop: async () => {
      await cluster.stop('immediate')
      cluster.remove()
    },
  }
}

const starts = { postgres, kurrentdb: (): Promise<Server> => startWireServer() } as const
export type ServerName = keyof typeof starts
export const serverNames = Object.keys(starts) as readonly ServerName[]

/** A server for a program, or in words why none runs here; in CI that is a fault. */
export const serverFor = async (name: ServerName): Promise<Server | { readonly why: string }> => {
  try {
    return await starts[name]()
  } catch (error) {
    if (!(error instanceof NoServer) || process.env['CI']) throw error
    return { why: error.message }
  }
}
