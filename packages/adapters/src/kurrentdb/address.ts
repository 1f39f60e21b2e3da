import { Unavailable } from '@daybook/core/ports'

/** Where a tenant's log is kept: what the driver is given, and what may be said of it. */
export interface KurrentAddress {
  /** A connection string of the driver, with the password where one was given: for the driver alone. */
  readonly connection: string
  /** The hosts and the tenant, without a password: for messages. */
  readonly label: string
  readonly tenant: string
  /** The file in which the URL wants the index of positions to be kept. */
  readonly index: string | undefined
}

/** What a connection string may say beside what is ours, as the driver reads it. */
const known = [
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
] as const

const example = 'esdb://host:2113?tls=false, or esdb+discover://user:password@host'
const pattern = /^(?:esdb|kurrentdb)(\+discover)?:\/\/(?:([^/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/i
const hostPattern = /^(?:\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i
const tenantPattern = /^[A-Za-z0-9_-]{1,40}$/

/** What a URL says that is no address; in words, without what may be a password. */
class Unusable extends Error {}

/** A file as a URL names it. */
const fileIn = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    throw new Unusable('the file of its index can not be read: signs such as % of a name are written %25')
  }
}

interface Parameters {
  readonly tenant: string
  readonly index: string | undefined
  /** For the driver. */
  readonly passed: readonly string[]
}

const parametersIn = (query: string): Parameters => {
  let tenant = 'main'
  let index: string | undefined
  const passed: string[] = []
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const [name = '', ...rest] = pair.split('=')
    const value = rest.join('=')
    if (name === 'tenant') tenant = value
    else if (name === 'index' && value !== '') index = fileIn(value)
    else if (known.some((one) => one.toLowerCase() === name.toLowerCase()) && value !== '') passed.push(pair)
    else throw new Unusable(`it has a parameter that has no meaning: there are tenant, index, ${known.join(', ')}`)
  }
  if (!tenantPattern.test(tenant)) throw new Unusable('a tenant takes up to 40 of A–Z a–z 0–9 _ -')
  return { tenant, index, passed }
}

const addressIn = (text: string): KurrentAddress => {
  const found = pattern.exec(text)
  if (!found) throw new Unusable(`it can not be read: give ${example}`)
  const [, discover = '', user, hosts = '', query = ''] = found
  if (!hosts.split(',').every((host) => hostPattern.test(host))) {
    throw new Unusable(`hosts are written host:port, several with commas between: give ${example}`)
  }
  if (user !== undefined && !/^[^:@]+:[^@]+$/.test(user)) {
    throw new Unusable('before the @ stand a user and a password; signs such as @ / ? of a password are %40 %2F %3F')
  }
  const { tenant, index, passed } = parametersIn(query)
  const credentials = user === undefined ? '' : `${user}@`
  const options = passed.length === 0 ? '' : `?${passed.join('&')}`
  return {
    connection: `esdb${discover}://${credentials}${hosts}${options}`,
    label: `esdb${discover}://${hosts} (tenant ${tenant})`,
    tenant,
    index,
  }
}

/**
 * The address that a URL gives, or in words why it gives none: `esdb://host:2113?tls=false`,
 * `esdb+discover://user:password@cluster.local`, `kurrentdb://…` for the same; `?tenant=north` names the practice, `main`
 * when not given, `?index=FILE` a SQLite file in which the index of positions is kept. The words hold nothing of the URL: it
 * may hold a password.
 */
const kurrentAddress = (text: string): KurrentAddress | { readonly fault: string } => {
  try {
    return addressIn(text)
  } catch (cause) {
    if (cause instanceof Unusable) return { fault: cause.message }
    throw cause
  }
}

/** In words why a URL is no address; undefined where it is one. */
export const faultOfKurrentUrl = (text: string): string | undefined => {
  const address = kurrentAddress(text)
  return 'fault' in address ? address.fault : undefined
}

/** The file that a URL names for the index of positions. */
export const indexNamedIn = (url: string): string | undefined => {
  const address = kurrentAddress(url)
  return 'fault' in address ? undefined : address.index
}

/** The address that a URL gives. @throws Unavailable where it gives none. */
export const addressGiven = (url: string): KurrentAddress => {
  const address = kurrentAddress(url)
  if ('fault' in address) throw new Unavailable({ message: `the URL of a KurrentDB store: ${address.fault}` })
  return address
}

/** The names of a tenant's streams begin so; the category of the server, up to the first dash, then is the aggregate. */
export const prefixOf = (tenant: string): string => `daybook.${tenant}.`
/** The stream that says which log this is; its name does not begin as those of its events do. */
export const bookStreamOf = (tenant: string): string => `daybook.${tenant}`
