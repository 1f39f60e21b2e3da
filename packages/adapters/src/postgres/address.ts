import { readFileSync } from 'node:fs'
import { Unavailable } from '@daybook/core/ports'

/** How a connection is encrypted, as Node's TLS takes it; false: not at all. */
export type Encryption =
  | false
  | {
      readonly rejectUnauthorized: boolean
      readonly ca?: string
      readonly cert?: string
      readonly key?: string
      /** Given where the name of the host is not compared with the certificate's. */
      readonly checkServerIdentity?: () => undefined
    }

/** A database of a PostgreSQL server, and whose log it is. */
export interface PostgresAddress {
  /** Name or address of the host, or the directory of its Unix sockets. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string | undefined
  /** Absent: what `~/.pgpass` or PGPASSWORD says. */
  readonly password: string | undefined
  readonly encryption: () => Encryption
  readonly tenant: string
  /** The URL as it may be shown: without its password. */
  readonly shown: string
}

const tenantPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/
const known = ['tenant', 'host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const
const modes = ['disable', 'require', 'verify-ca', 'verify-full'] as const
type Mode = (typeof modes)[number]

const example = 'postgres://user@host:5432/database?tenant=main'

/** What a URL says that is no address; in words, without what may be a password. */
class Unusable extends Error {}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Unusable('a % in it is followed by no two hex digits: write % as %25')
  }
}

const isHere = (host: string): boolean =>
  host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host.toLowerCase())

const modeOf = (given: string | null, host: string): Mode => {
  // Patients' data is not sent over a network in clear text because nobody thought of it.
  if (given === null) return isHere(host) ? 'disable' : 'verify-full'
  const mode = modes.find((one) => one === given)
  if (mode) return mode
  throw new Unusable(`sslmode is ${modes.join(', ')}, not what it gives`)
}

const certificate = (path: string | null, name: string): string | undefined => {
  if (path === null) return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new Unavailable({ message: `the file that ${name} names can not be read: ${path} (${code})`, cause })
  }
}

const encryptionOf = (mode: Mode, parameters: URLSearchParams): Encryption => {
  if (mode === 'disable') return false
  const file = (name: 'sslrootcert' | 'sslcert' | 'sslkey') => certificate(parameters.get(name), name)
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')]
  return {
    rejectUnauthorized: mode !== 'require',
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  }
}

/** `?host=/var/run/postgresql` names a directory of Unix sockets, which no URL can name as its host. */
const hostOf = (url: URL, parameters: URLSearchParams): string => {
  const host = parameters.get('host') ?? decoded(url.hostname).replace(/^\[(.*)\]$/, '$1')
  if (host === '') throw new Unusable(`it names no host: give ${example}`)
  return host
}

const parse = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hash === '') return url
  throw new Unusable(
    `it can not be read: give ${example}, and write signs such as @ / # % of a password as %40 %2F %23 %25`,
  )
}

const addressIn = (text: string): PostgresAddress => {
  const url = parse(text)
  const parameters = url.searchParams
  for (const name of parameters.keys()) {
    if (known.some((one) => one === name)) continue
    throw new Unusable(`it has a parameter that no Daybook knows: there are ${known.join(', ')}`)
  }
  const host = hostOf(url, parameters)
  const database = decoded(url.pathname.slice(1))
  if (database === '' || /[/\0]/.test(database)) throw new Unusable(`it names no database: give ${example}`)
  const tenant = parameters.get('tenant') ?? 'main'
  if (!tenantPattern.test(tenant))
    throw new Unusable('tenant takes A–Z a–z 0–9 . _ -, at most 63, beginning with a letter or digit')
  const mode = modeOf(parameters.get('sslmode'), host)
  const user = url.username === '' ? undefined : decoded(url.username)
  const port = url.port === '' ? 5432 : Number(url.port)
  const where = `${user === undefined ? '' : `${encodeURIComponent(user)}@`}${host.includes(':') ? `[${host}]` : host}`
  return {
    host,
    port,
    database,
    user,
    password: url.password === '' ? undefined : decoded(url.password),
    encryption: () => encryptionOf(mode, parameters),
    tenant,
    shown: `postgres://${where}:${port}/${encodeURIComponent(database)}${tenant === 'main' ? '' : `?tenant=${tenant}`}`,
  }
}

/** In words why a URL is no address; undefined where it is one. The words hold nothing of it: it may hold a password. */
export const faultOfPostgresUrl = (text: string): string | undefined => {
  const address = postgresAddress(text)
  return 'fault' in address ? address.fault : undefined
}

/** The address that a URL gives, or in words why it gives none. The words hold nothing of the URL: it may hold a password. */
export const postgresAddress = (text: string): PostgresAddress | { readonly fault: string } => {
  try {
    return addressIn(text)
  } catch (cause) {
    if (cause instanceof Unusable) return { fault: cause.message }
    throw cause
  }
}
