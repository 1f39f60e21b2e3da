// A small HTTP service on one book. It trusts whatever stands before it (a gateway, a session) to say who calls: here the
// header `x-actor`, with the roles in `x-roles`. Put your own authentication in `actorOf`.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AccountCommandInput, ActorInput, Book, OpenAccountInput, Role } from 'daybook'

/** Bytes of a JSON body that are read; an import is a stream and has the book's own limit of 32 MB. */
const LONGEST = 1_048_576

/** What the service answers before the book is asked. */
class Unanswered extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** All roles that there are: one that is left out would be dropped, and with it all that it may not see. */
const roles: Readonly<Record<Role, true>> = {
  vendor: true,
  frontDesk: true,
  auditor: true,
  rep: true,
  senior: true,
  cashPoster: true,
  biller: true,
  coder: true,
  faCounsellor: true,
  supervisor: true,
  faSupervisor: true,
  manager: true,
  compliance: true,
  director: true,
  system: true,
}
const isRole = (name: string): name is Role => Object.hasOwn(roles, name)

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const actorOf = (request: IncomingMessage): ActorInput => {
  const id = header(request, 'x-actor')
  if (id === undefined) throw new Unanswered(401, 'who calls? send x-actor')
  const named = (header(request, 'x-roles') ?? '').split(',').filter((name) => name !== '')
  const known = named.filter(isRole)
  if (known.length < named.length) throw new Unanswered(400, `x-roles are of ${Object.keys(roles).join(', ')}`)
  return { id, roles: known }
}

const bodyOf = async <Body>(request: IncomingMessage): Promise<Body> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LONGEST) throw new Unanswered(413, `a body has at most ${LONGEST} bytes`)
    chunks.push(chunk)
  }
  try {
    // What is no command or no account is told by the book, with each place that is wrong.
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body
  } catch {
    throw new Unanswered(400, 'the body is no JSON')
  }
}

const send = (response: ServerResponse, status: number, body: unknown): void => {
  // What was not read of a body would be taken for the beginning of the next request.
  const rest = response.req.complete ? {} : { connection: 'close' }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...rest })
  response.end(JSON.stringify(body))
}

/** Of the book's errors, by their tag, those that are the caller's; the others are 503 where the same may be sent again. */
const statuses: Readonly<Record<string, number>> = {
  InvalidCommand: 400,
  InvalidQuery: 400,
  NotAMoment: 400,
  FieldsWithheld: 403,
  NotFound: 404,
  CommandMismatch: 409,
  LimitExceeded: 413,
  Aborted: 499,
}

const failed = (response: ServerResponse, error: unknown): void => {
  if (error instanceof Unanswered) {
    send(response, error.status, { error: error.message })
    return
  }
  if (!(error instanceof Error) || !('_tag' in error)) {
    send(response, 500, { error: 'a fault of the service' })
    return
  }
  const tag = String(error._tag)
  const again = 'retry' in error && error.retry === 'safe'
  const issues = 'issues' in error ? { issues: error.issues } : {}
  send(response, statuses[tag] ?? (again ? 503 : 500), { error: tag, message: error.message, ...issues })
}

const optional = <Name extends string>(name: Name, value: string | null): { readonly [N in Name]?: string } =>
  value === null ? {} : ({ [name]: value } as { readonly [N in Name]: string })

/** Events as they come, one JSON line each (server-sent events), behind `last-event-id`. */
const stream = async (book: Book, request: IncomingMessage, response: ServerResponse, actor: ActorInput) => {
  const last = header(request, 'last-event-id') ?? '0'
  if (!/^\d{1,15}$/.test(last)) throw new Unanswered(400, 'last-event-id is the number of an event')
  const after = Number(last)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  for await (const { position, type, account } of book.subscribe({ after, actor })) {
    if (response.destroyed) return
    response.write(`id: ${position}\ndata: ${JSON.stringify({ position, type, account })}\n\n`)
  }
  response.end()
}

const addressOf = (request: IncomingMessage) => {
  try {
    const url = new URL(request.url ?? '/', 'http://service')
    return { url, named: url.pathname.split('/').slice(1).map(decodeURIComponent) }
  } catch {
    throw new Unanswered(400, 'the path is none')
  }
}

const answer = async (book: Book, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { url, named } = addressOf(request)
  const [what = '', id = '', part = ''] = named
  const actor = actorOf(request)
  const asked = url.searchParams
  switch (`${request.method} ${[what, id && ':id', part].filter(Boolean).join('/')}`) {
    case 'GET accounts':
      return send(
        response,
        200,
        await book.accounts({
          actor,
          ...optional('search', asked.get('search')),
          ...optional('after', asked.get('after')),
        }),
      )
    case 'POST accounts': {
      const opened = await book.open({ ...(await bodyOf<OpenAccountInput>(request)), actor })
      return send(response, opened.ok ? 201 : 422, opened)
    }
    case 'GET accounts/:id':
      return send(response, 200, await book.account(id, { actor, ...optional('asOf', asked.get('asOf')) }))
    case 'GET accounts/:id/history':
      return send(response, 200, await book.history(id, { actor }))
    case 'POST accounts/:id/commands': {
      const commandId = header(request, 'idempotency-key')
      const command = await bodyOf<AccountCommandInput>(request)
      const receipt = await book.execute(id, command, { actor, ...(commandId === undefined ? {} : { commandId }) })
      return send(response, receipt.ok ? 200 : 422, receipt)
    }
    case 'GET aging':
      return send(response, 200, await book.aging({ actor, ...optional('asOf', asked.get('asOf')) }))
    case 'GET worklist':
      return send(response, 200, await book.worklist({ actor, ...optional('queue', asked.get('queue')) }))
    case 'POST imports':
      return send(response, 200, await book.importContent(request, { actor, ...optional('name', asked.get('name')) }))
    case 'GET events':
      return await stream(book, request, response, actor)
    default:
      throw new Unanswered(404, 'there is nothing here')
  }
}

/** The service over a book that somebody else opens and closes. A caller who goes away ends what was asked for them. */
export const serviceOn = (book: Book): Server =>
  createServer((request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    answer(book.until(gone.signal), request, response).catch((error: unknown) => {
      if (response.headersSent) response.end()
      else failed(response, error)
    })
  })
