import { type CommandEntry, type EventStoreShape, NO_STREAM, type Token } from '../../ports/event-store.ts'
import { must, mustEqual, mustFail, run } from './expectation.ts'
import type { StoreCase } from './fixture.ts'
import { note, paged, tokenOf, wholeLog, withWorkbook } from './workbook.ts'

const idempotency: StoreCase = {
  suite: 'commands',
  name: 'B3 a command sent again gets its first receipt and writes nothing, also late, at once, and after reopening',
  laws: ['B3'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ book, store, clock, request, append }) => {
      const command = request('account-a', NO_STREAM, [note('1'), note('2')], 'pay-1')
      const first = await run(store.append(command))
      mustEqual(first.repeated, false, 'the first time')
      const repeat = { ...first, repeated: true }
      mustEqual(await run(store.append(command)), repeat, 'sent again with the token that has grown old')
      clock.set(60_000)
      await append('account-a', tokenOf(first), [note('3')])
      const decidedAgain = request(
        'account-a',
        { version: 2, headHash: '1'.repeat(64) },
        [note('other bytes')],
        'pay-1',
      )
      mustEqual(await run(store.append(decidedAgain)), repeat, 'decided again on a later state')
      const elsewhere = await run(store.append(request('account-b', NO_STREAM, [note('4')], 'pay-1')))
      mustEqual(elsewhere.repeated, false, 'the same id on another stream is another command')
      const reopened = await book.reopen()
      mustEqual(await run(reopened.append(command)), repeat, 'sent again after reopening')
      const twice = request('account-c', NO_STREAM, [note('5')], 'pay-2')
      const both = await Promise.all([run(reopened.append(twice)), run(reopened.append(twice))])
      mustEqual(both.map(({ repeated }) => repeated).sort(), [false, true], 'the same command twice at once')
      mustEqual(both[0]?.lastPosition, both[1]?.lastPosition, 'both have one receipt')
      mustEqual((await wholeLog(reopened)).length, 5, 'events')
    }),
}

const mismatch: StoreCase = {
  suite: 'commands',
  name: 'B4 a command id used for another command is a CommandMismatch, also with a stale token and after reopening',
  laws: ['B4'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ book, store, request, append, fixture: { sha256 } }) => {
      const first = await run(store.append(request('account-a', NO_STREAM, [note('1')], 'pay-1')))
      const other = { ...request('account-a', tokenOf(first), [note('2')], 'pay-1'), fingerprint: sha256('another') }
      const error = await mustFail('CommandMismatch', store.append(other), 'another fingerprint')
      mustEqual([error.stream, error.commandId, error.retry], ['account-a', 'pay-1', 'never'], 'the error')
      await append('account-a', tokenOf(first), [note('3')])
      await mustFail('CommandMismatch', store.append(other), 'with a token that has grown old')
      const reopened = await book.reopen()
      await mustFail('CommandMismatch', reopened.append(other), 'after reopening')
      mustEqual((await wholeLog(reopened)).length, 2, 'events')
    }),
}

const refusedIsForgotten: StoreCase = {
  suite: 'commands',
  name: 'B3 a command that met a conflict is not remembered: it may be decided again and written',
  laws: ['B3'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ store, append, request }) => {
      const first = await append('account-a', NO_STREAM, [note('1')])
      const stale = request('account-a', NO_STREAM, [note('2')], 'pay-1')
      await mustFail('Conflict', store.append(stale), 'the first try')
      must((await run(store.findCommand('account-a', 'pay-1'))) === undefined, 'a conflict leaves no command behind')
      const again = await run(store.append(request('account-a', tokenOf(first), [note('2')], 'pay-1')))
      mustEqual([again.repeated, again.lastVersion], [false, 1], 'the second try')
    }),
}

const findCommand: StoreCase = {
  suite: 'commands',
  name: 'B3 findCommand gives the fingerprint and the receipt of what a command wrote, by stream and id',
  laws: ['B3'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ book, store, request, append }) => {
      const command = request('account-a', NO_STREAM, [note('1'), note('2')], 'pay-1')
      const receipt = await run(store.append(command))
      await append('account-a', tokenOf(receipt), [note('3')])
      const record = { fingerprint: command.fingerprint, receipt: { ...receipt, repeated: true } }
      mustEqual(await run(store.findCommand('account-a', 'pay-1')), record, 'the command')
      must((await run(store.findCommand('account-a', 'pay-2'))) === undefined, 'a command never sent is not found')
      must((await run(store.findCommand('account-b', 'pay-1'))) === undefined, 'nor one of another stream')
      const reopened = await book.reopen()
      mustEqual(await run(reopened.findCommand('account-a', 'pay-1')), record, 'after reopening')
    }),
}

const listing: StoreCase = {
  suite: 'commands',
  name: 'B3 the records of all commands are listed once each, in pages of any size, also after reopening',
  laws: ['B3'],
  run: (fixture) =>
    withWorkbook(fixture, async ({ book, store, request }) => {
      mustEqual(await run(store.commands({ limit: 1 })), [], 'of an empty log')
      const tokens = new Map<string, Token>()
      const wanted: CommandEntry[] = []
      for (const [stream, command, count] of [
        ['account-b', 'pay-2', 1],
        ['account-a', 'pay-2', 2],
        ['account-a1', 'pay-1', 3],
        ['account-a', 'pay-10', 1],
      ] as const) {
        const notes = Array.from({ length: count }, (_, n) => note(String(n)))
        const asked = request(stream, tokens.get(stream) ?? NO_STREAM, notes, command)
        const receipt = await run(store.append(asked))
        tokens.set(stream, tokenOf(receipt))
        const { firstVersion, lastVersion, firstPosition, lastPosition } = receipt
        const places = { firstVersion, lastVersion, firstPosition, lastPosition }
        wanted.push({ stream, commandId: command, fingerprint: asked.fingerprint, ...places })
      }
      const inPages = async (by: EventStoreShape): Promise<void> => {
        for (const limit of [1, 2, 3, 4, 100]) {
          const found = await paged<CommandEntry>((after) => run(by.commands({ after, limit })), wanted.length)
          const inOrder = [...found].sort((a, b) => a.firstPosition - b.firstPosition)
          mustEqual(inOrder, wanted, `pages of ${limit}`)
        }
      }
      await inPages(store)
      await inPages(await book.reopen())
    }),
}

export const commandCases: readonly StoreCase[] = [idempotency, mismatch, refusedIsForgotten, findCommand, listing]
