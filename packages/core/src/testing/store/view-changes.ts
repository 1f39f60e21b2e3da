import * as Effect from 'effect/Effect'
import { NEW_VIEW, type ViewChange, type ViewStoreShape } from '../../ports/view-store.ts'
import { mustEqual, mustFail, run } from './expectation.ts'
import {
  at,
  cell,
  documents,
  everything,
  first,
  item,
  live,
  other,
  to,
  type ViewStoreCase,
  viewSuiteOf,
} from './view-case.ts'

const changes = viewSuiteOf('changes of a view')
const once = viewSuiteOf('a change of a view counts once', 'C6')
const refused = viewSuiteOf('changes that are refused')
const beside = viewSuiteOf('views beside each other')

const written = {
  checkpoint: at(7),
  docs: [
    { key: 'a', body: '1' },
    { key: 'b', body: '2' },
  ],
  cells: first.add,
  items: first.items,
}

/** A change that is refused: nothing of it is there, and the next right one is. */
const wrong = (what: string, tag: 'Integrity' | 'Conflict', change: ViewChange, suite = refused): ViewStoreCase =>
  suite(`${what} is ${tag}, and nothing changes`, async (store) => {
    await run(store.commit(first))
    await mustFail(tag, store.commit(change), what)
    mustEqual(await everything(store), written, 'the view')
    await run(store.commit({ ...live, from: 7, ...to(9), put: documents(['c', '3']) }))
    mustEqual((await run(store.doc(live, 'c'))) ?? 'none', '3', 'the right change afterwards')
  })

const next: ViewChange = {
  ...live,
  from: 7,
  ...to(9),
  put: documents(['c', '3'], ['a', 'other']),
  items: [item('j', 'n')],
}

/** What two runners at one checkpoint write; one of them wins. */
const raced = async (store: ViewStoreShape): Promise<readonly string[]> => {
  const change = (name: string, amount: number) =>
    Effect.match(
      store.commit({
        ...live,
        from: 0,
        ...to(3),
        put: documents([name, name]),
        add: [cell(1, 1, 1, name, amount)],
        items: [item(name, name)],
      }),
      { onFailure: (error) => error._tag, onSuccess: () => 'won' },
    )
  return run(Effect.all([change('a', 1), change('b', 2)], { concurrency: 'unbounded' }))
}

export const viewChangeCases: readonly ViewStoreCase[] = [
  changes('a new view is built to nothing, and then to where its change goes', async (store) => {
    mustEqual(await run(store.checkpoint(live)), NEW_VIEW, 'a new view')
    await run(store.commit(first))
    mustEqual(await run(store.checkpoint(live)), at(7), 'afterwards')
  }),
  changes('the checkpoint keeps the leaf that it was given', async (store) => {
    await run(store.commit({ ...first, leaf: 'of another event' }))
    mustEqual(await run(store.checkpoint(live)), { position: 7, leaf: 'of another event' }, 'the checkpoint')
  }),
  changes('its documents, cells, items and its checkpoint are there together', async (store) => {
    await run(store.commit(first))
    mustEqual(await everything(store), written, 'the view')
  }),
  changes('they are there after the store was opened again', async (store, reopen) => {
    await run(store.commit(first))
    mustEqual(await everything(await reopen()), written, 'the view')
  }),
  changes('a document is written over', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...live, from: 7, ...to(8), put: documents(['a', 'new']) }))
    mustEqual((await run(store.doc(live, 'a'))) ?? 'none', 'new', 'the document')
  }),
  changes('a document that is dropped is gone, and no other', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...live, from: 7, ...to(8), drop: ['a', 'never'] }))
    mustEqual((await everything(store)).docs, [{ key: 'b', body: '2' }], 'the documents')
  }),
  changes('a document that is dropped and written in one change is there', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...live, from: 7, ...to(8), drop: ['a'], put: documents(['a', 'again']) }))
    mustEqual((await run(store.doc(live, 'a'))) ?? 'none', 'again', 'the document')
  }),
  changes('an item that is dropped is gone, and no other of its key', async (store) => {
    await run(store.commit({ ...first, items: [item('i', 'm'), item('i', 'm', 'i', 'another list')] }))
    await run(store.commit({ ...live, from: 7, ...to(8), dropItems: [{ list: 'queue', key: 'i' }] }))
    mustEqual((await everything(store)).items, [item('i', 'm', 'i', 'another list')], 'the items')
  }),
  changes('a change without any rows moves the checkpoint', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...live, from: 7, ...to(30) }))
    mustEqual(await everything(store), { ...written, checkpoint: at(30) }, 'the view')
  }),
  changes('bodies come back letter by letter', async (store) => {
    const bodies = ['{"b" : 1,"a":2}', "'; DROP TABLE view_doc; --", 'e\u0301 📞 \u0000 \r\n', '']
    await run(store.commit({ ...first, put: documents(...bodies.map((body, n) => [`k${n}`, body] as const)) }))
    mustEqual(
      (await everything(store)).docs.map(({ body }) => body),
      bodies,
      'the bodies',
    )
  }),

  wrong('the same change again', 'Conflict', first, once),
  wrong('a change computed from an older checkpoint', 'Conflict', { ...next, from: 5 }, once),
  wrong('a change that skips events', 'Conflict', { ...next, from: 8 }, once),
  wrong('a change of a view as if it were new', 'Conflict', { ...next, from: 0 }, once),
  once('a Conflict says where the view is', async (store) => {
    await run(store.commit(first))
    const error = await mustFail('Conflict', store.commit({ ...next, from: 5 }), 'from an older checkpoint')
    mustEqual([error.expected, error.actual, error.retry], [5, 7, 'after-resync'], 'the error')
  }),
  once('of two runners at one checkpoint one wins', async (store) => {
    mustEqual([...(await raced(store))].sort(), ['Conflict', 'won'], 'the outcomes')
    mustEqual(await run(store.checkpoint(live)), at(3), 'the checkpoint')
  }),
  once('of two runners at one checkpoint the rows of the winner are there, and none of the other', async (store) => {
    const winner = (await raced(store))[0] === 'won' ? 'a' : 'b'
    const { docs, cells, items } = await everything(store)
    const found = [docs.map(({ key }) => key), cells.map(({ kind }) => kind), items.map(({ key }) => key)]
    mustEqual(found, [[winner], [winner], [winner]], 'the rows')
  }),

  wrong('half a cent', 'Integrity', { ...next, add: [cell(1, 1, 5, 'k', 1), cell(1, 1, 5, 'k', 0.5)] }),
  wrong('a place of a cell beyond 2^53', 'Integrity', { ...next, add: [cell(2 ** 53, 1, 5, 'k', 1)] }),
  wrong('an amount that is none', 'Integrity', { ...next, add: [cell(1, 1, 5, 'k', Number.NaN)] }),
  wrong('a checkpoint that stands still', 'Integrity', { ...next, to: 7 }),
  wrong('a checkpoint that goes back', 'Integrity', { ...next, to: 3 }),

  beside('another version of a view stands apart', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...first, ...other, ...to(3), put: documents(['a', 'of the other']) }))
    mustEqual(await everything(store), written, 'the one')
    mustEqual(await run(store.checkpoint(other)), at(3), 'the other')
  }),
  beside('another view stands apart', async (store) => {
    const another = { view: 'worklist', version: 1 }
    await run(store.commit(first))
    await run(store.commit({ ...another, from: 0, ...to(2), drop: ['a'], dropItems: [{ list: 'queue', key: 'i' }] }))
    mustEqual(await everything(store), written, 'the one')
  }),
  beside('all that were written to are named, by name and version', async (store) => {
    for (const name of [other, { view: 'aging', version: 9 }, live]) await run(store.commit({ ...first, ...name }))
    mustEqual(await run(store.names), [{ view: 'aging', version: 9 }, live, other], 'the names')
  }),
  beside('one that is forgotten is new again, and not named', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...first, ...other }))
    await run(store.forget(live))
    mustEqual(await everything(store), { checkpoint: NEW_VIEW, docs: [], cells: [], items: [] }, 'the forgotten one')
    mustEqual(await run(store.names), [other], 'the names')
  }),
  beside('one that is forgotten takes no other with it', async (store) => {
    await run(store.commit({ ...first, ...other }))
    await run(store.commit(first))
    await run(store.forget(other))
    mustEqual(await everything(store), written, 'the other')
  }),
  beside('one is not forgotten that stands elsewhere than it was seen', async (store) => {
    await run(store.commit(first))
    await run(store.forget(live, at(6)))
    mustEqual(await everything(store), written, 'the view')
  }),
  beside('one is not forgotten that stands on another event than it was seen', async (store) => {
    await run(store.commit(first))
    await run(store.forget(live, { position: 7, leaf: 'another' }))
    mustEqual(await everything(store), written, 'the view')
  }),
  beside('one is forgotten that stands where it was seen', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...first, ...other }))
    await run(store.forget(live, at(7)))
    mustEqual(
      [await run(store.checkpoint(live)), await run(store.names)],
      [NEW_VIEW, [other]],
      'the checkpoint, the names',
    )
  }),
  beside('one that was built beside takes the place of the live one, whole', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...other, from: 0, ...to(9), put: documents(['n', 'new']), add: [cell(1, 1, 1, 'k', 3)] }))
    const built = await everything(store, other)
    await run(store.replace(live, other))
    mustEqual(await everything(store), built, 'what stands live')
    mustEqual(built.checkpoint, at(9), 'its checkpoint')
  }),
  beside('after one has taken the place of another nothing stands beside', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...first, ...other }))
    await run(store.replace(live, other))
    mustEqual([await run(store.checkpoint(other)), await run(store.names)], [NEW_VIEW, [live]], 'the other, the names')
  }),
  beside('one that has taken the place of another goes on', async (store) => {
    await run(store.commit(first))
    await run(store.commit({ ...other, from: 0, ...to(9) }))
    await run(store.replace(live, other))
    await run(store.commit({ ...live, from: 9, ...to(10), put: documents(['m', 'more']) }))
    mustEqual((await everything(store)).docs, [{ key: 'm', body: 'more' }], 'its documents')
  }),
  beside('one that nothing takes the place of is new', async (store) => {
    await run(store.commit(first))
    mustEqual(await run(store.checkpoint(live)), at(7), 'it was built')
    await run(store.replace(live, other))
    mustEqual(await run(store.checkpoint(live)), NEW_VIEW, 'it is new')
  }),
  beside('what belongs to a view is swept by nobody, and strays nowhere', async (store) => {
    await run(store.commit(first))
    await run(store.sweep)
    mustEqual([await run(store.strays), await everything(store)], [0, written], 'strays, and the view')
  }),
]
