import { Unavailable } from '@daybook/core/ports'

/** Where a tenant's log is kept: what the driver is given, and what may be said of it. */
export interface KurrentAddress {
  /** A connection string of the driver, with the password where one was given: for the driver alone. */
  readonly connection: string
  /** The hosts and the tenant, without a password: for messages. */
  readonly label: string
  readonly tenant: string
}

/** What a connection string may say beside the tenant, as the driver reads it. */
const known = new Set(
  [
    'tls',
    'tlsCAFile',
    'tlsVerifyCert',
    'userCertFile',
    'userKeyFile',
    'connectionName',
    'maxDiscoverAttempts',
    'discoveryInterval',
    'gossipTimeout',
    'nodePreference',
    'keepAliveInterval',
    'keepAliveTimeout',
    'defaultDeadline',
  ].map((name) => name.toLowerCase()),
)

const pattern = /^(?:esdb|kurrentdb)(\+discover)?:\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/i
const tenantPattern = /^[A-Za-z0-9_-]{1,40}$/

const refused = (what: string): Unavailable =>
  new Unavailable({ message: `the URL of the store can not be used: ${what}` })

/**
 * Reads the URL of a log: `esdb://host:2113?tls=false`, `esdb+discover://user:password@cluster.local`, `kurrentdb://…` for
 * the same; `?tenant=north` names the practice, `main` when not given. No message repeats the URL: it may hold a password.
 * @throws Unavailable when it is none.
 */
export const kurrentAddress = (url: string): KurrentAddress => {
  const found = pattern.exec(url)
  if (!found) throw refused('give esdb://host:2113?tls=false, or esdb+discover://user:password@host')
  const [, discover = '', user, hosts = '', query = ''] = found
  const parameters = query.split('&').filter((pair) => pair !== '')
  let tenant = 'main'
  const passed: string[] = []
  for (const pair of parameters) {
    const [name = '', value = ''] = pair.split('=')
    if (name === 'tenant') tenant = value
    else if (!known.has(name.toLowerCase()) || value === '')
      throw refused(`it has a parameter ${name} that has no meaning`)
    else passed.push(pair)
  }
  if (!tenantPattern.test(tenant)) throw refused('a tenant takes up to 40 of A–Z a–z 0–9 _ -')
  if (user !== undefined && !/^[^:]+:.+$/.test(user)) throw refused('before the @ stand a user and a password')
  const credentials = user === undefined ? '' : `${user}@`
  const options = passed.length === 0 ? '' : `?${passed.join('&')}`
  return {
    connection: `esdb${discover}://${credentials}${hosts}${options}`,
    label: `esdb${discover}://${hosts} (tenant ${tenant})`,
    tenant,
  }
}

/** The names of a tenant's streams begin so; the category of the server, up to the first dash, then is the aggregate. */
export const prefixOf = (tenant: string): string => `daybook.${tenant}.`
/** The stream that says which log this is; its name does not begin as those of its events do. */
export const bookStreamOf = (tenant: string): string => `daybook.${tenant}`
