// Runs a server for the tests of one run: writes its URL, or why there is none, into the file that it is given, and ends
// with the process whose id it is given, however that ends.
import { renameSync, writeFileSync } from 'node:fs'
import { NoServer } from './binaries.ts'
import { type Cluster, makeCluster } from './cluster.ts'

const [file = '', watched = ''] = process.argv.slice(2)

const tell = (said: { readonly url: string } | { readonly why: string }): void => {
  writeFileSync(`${file}.draft`, JSON.stringify(said), { mode: 0o600 })
  renameSync(`${file}.draft`, file)
}

const isAlive = (): boolean => {
  try {
    return process.kill(Number(watched), 0)
  } catch {
    return false
  }
}

let cluster: Cluster | undefined
let ending = false
const end = async (): Promise<void> => {
  if (ending) return
  ending = true
  await cluster?.stop('immediate')
  cluster?.remove()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', () => {})

try {
  cluster = await makeCluster()
  await cluster.start()
  tell({ url: cluster.url })
  setInterval(() => {
    if (!isAlive()) void end()
  }, 500)
} catch (error) {
  tell({ why: error instanceof NoServer ? error.message : String(error) })
  cluster?.remove()
}
