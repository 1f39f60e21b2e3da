import type { DelegationShown } from '../../book/answers.ts'
import type { Book } from '../../book/book.ts'
import { type SharedOptions, UsageError } from '../options.ts'
import { clean, jsonText, say } from '../terminal.ts'
import { outcomeLines } from '../text/command.ts'
import { withBook } from '../with-book.ts'

interface Options extends SharedOptions {
  readonly until?: string
  readonly since?: string
  readonly queues?: string
  readonly revoke?: string
  readonly reason?: string
}

const reasonOf = ({ reason }: Options): string => {
  if (reason === undefined) throw new UsageError('say why: --reason')
  return reason
}

const listed = ({ delegation, from, to, queues, since, until, revokedOn, inForce }: DelegationShown): string => {
  const what = queues === undefined ? 'all work' : queues.join(', ')
  const ended = revokedOn === undefined ? '' : `, ended ${revokedOn}`
  return `${inForce ? 'now ' : '    '}${clean(to)} for ${clean(from)}: ${what}, ${since} to ${until}${ended}   ${delegation}`
}

const show = async (book: Book, { json }: Options): Promise<number> => {
  const delegations = await book.delegations()
  const lines = delegations.length === 0 ? ["nobody does another's work"] : delegations.map(listed)
  for (const line of json ? [jsonText({ delegations })] : lines) say(line)
  return 0
}

/** `daybook delegate [FROM TO]` */
export const run = async ([from, to]: readonly string[], options: Options): Promise<number> => {
  const { until, since, queues, revoke, json } = options
  if (revoke !== undefined && from !== undefined) throw new UsageError('give --revoke alone: it names what ends')
  const wanted = from !== undefined || revoke !== undefined
  if (!wanted) return await withBook(options, 'reads', (book) => show(book, options))
  const reason = reasonOf(options)
  if (revoke === undefined && (to === undefined || until === undefined)) {
    throw new UsageError('say who does it, and the last day: delegate FROM TO --until DAY')
  }
  return await withBook(options, 'reads', async (book) => {
    const answer =
      revoke === undefined
        ? await book.delegate({
            from: from ?? '',
            to: to ?? '',
            until: until ?? '',
            reason,
            ...(since === undefined ? {} : { since }),
            ...(queues === undefined ? {} : { queues: queues.split(',') }),
          })
        : { delegation: revoke, ...(await book.revokeDelegation(revoke, { reason })) }
    const { timeZone } = (await book.policy()).policy.practice
    const what = revoke === undefined ? `delegated to ${clean(to ?? '')}` : `delegation ${clean(revoke)} ends`
    for (const line of json ? [jsonText(answer)] : outcomeLines(what, answer, timeZone)) say(line)
    return answer.ok ? 0 : 1
  })
}
