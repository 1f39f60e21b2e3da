import * as Effect from 'effect/Effect'
import { expect, it } from 'vitest'
import { Daybook } from '../src/effect/index.ts'
import { presets } from '../src/index.ts'

const layer = Daybook.layer('memory:', { practice: presets.physicianPracticeMN, actor: 'anna' })

it('the Effect API has rejections in the error channel, tagged, and runs as a layer', async () => {
  const program = Effect.gen(function* () {
    const book = yield* Daybook
    const { account } = yield* book.open({ guarantor: { name: 'Jo Roe' } })
    const again = yield* Effect.flip(book.open({ account, guarantor: {} }))
    return { account, again, history: yield* book.history(account) }
  })
  const { again, history } = await Effect.runPromise(Effect.provide(program, layer))
  expect(again).toMatchObject({ _tag: 'Rejected', hits: [{ rule: 'registration.open' }] })
  expect(history.events.map(({ type }) => type)).toEqual(['AccountOpened'])
})
