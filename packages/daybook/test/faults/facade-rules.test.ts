import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  type Book,
  block,
  decideRule,
  describeRules,
  known,
  ownFacts,
  ownRule,
  pass,
  presets,
  unknown,
} from '../../src/index.ts'
import { commandLineIn } from '../support/command-line.ts'
import { openTestBook, testFolder, write } from '../support/folder.ts'
import { remittanceText } from '../support/remittance-text.ts'

const folder = testFolder()
const ROE = '0197a000-0000-7000-8000-000000000001'

const clinic = ownFacts({
  'clinic.boardMember': {
    words: 'whether the guarantor sits on the board',
    find: ({ account }) => {
      const name = account.registration.guarantor?.name
      return typeof name === 'string' ? known(name.startsWith('Jo ')) : unknown('no readable name')
    },
  },
  'clinic.broken': {
    words: 'something that fails',
    find: () => {
      throw new Error('the directory does not answer')
    },
  },
})

const noBoardMembers = clinic.rule({
  id: 'CLINIC-1',
  version: 1,
  title: 'Board members are not sent to an agency',
  citation: 'Handbook of the clinic, 4.2',
  gates: ['placeAccount'],
  needs: ['clinic.boardMember', 'practice.state'],
  judge: (facts) =>
    facts['clinic.boardMember'] && facts['practice.state'] === 'MN' ? block('the guarantor sits on the board') : pass,
})

const noShares = ownRule({
  id: 'CLINIC-2',
  version: 1,
  title: 'Shares are looked at first',
  citation: 'Handbook of the clinic, 4.3',
  gates: ['transferToPatient'],
  needs: ['practice.state'],
  judge: () => block('nobody has looked at it', { requiredAction: 'ask the office' }),
})

const withDebt = async (options: Parameters<typeof openTestBook>[1], name = 'Jo Roe'): Promise<Book> => {
  const book = await openTestBook('memory:', options)
  await book.open({ account: ROE, guarantor: { name, born: '1980-02-01', state: 'MN' }, on: '2026-05-01' })
  const charge = {
    type: 'PostCharge',
    on: '2026-05-02',
    visit: 'v1',
    line: 'l1',
    code: '99213',
    amount: 12_500,
  } as const
  await book.execute(ROE, charge)
  return book
}

const place = { type: 'PlaceAccount', on: '2026-11-20', agency: 'acme', kind: 'primary' } as const

const rulesOfRefusal = async (book: Book) => {
  const refused = await book.execute(ROE, place)
  if (refused.ok) throw new Error('placed')
  return refused.hits
}

describe('facade-9 own rules', () => {
  it('facade-9 are asked by commands and by the worklist, with facts of the product and of the house', async () => {
    await using book = await withDebt({ rules: [noBoardMembers], facts: clinic.facts })
    expect(await rulesOfRefusal(book)).toContainEqual(
      expect.objectContaining({
        rule: 'CLINIC-1',
        reason: 'the guarantor sits on the board',
        citation: 'Handbook of the clinic, 4.2',
      }),
    )
    const { items } = await book.worklist({ queue: 'placementCandidates' })
    expect(items[0]?.blockedBy).toContain('CLINIC-1')
    await using other = await withDebt({ rules: [noBoardMembers], facts: clinic.facts }, 'Ann Poe')
    expect((await rulesOfRefusal(other)).map(({ rule }) => rule)).not.toContain('CLINIC-1')
  })

  it('facade-9 what nobody knows blocks, in the words of the product; a fact or a rule that fails blocks too', async () => {
    const asksBroken = clinic.rule({ ...noBoardMembers, id: 'CLINIC-3', needs: ['clinic.broken'], judge: () => pass })
    const fails = ownRule({
      ...noShares,
      id: 'CLINIC-4',
      gates: ['placeAccount'],
      judge: () => {
        throw new Error('no such column')
      },
    })
    await using book = await withDebt({ rules: [asksBroken, fails], facts: clinic.facts })
    const reasons = (await rulesOfRefusal(book)).map(({ reason }) => reason)
    expect(reasons).toContainEqual(
      expect.stringMatching(/something that fails is unknown \(clinic\.broken: .*the directory does not answer/),
    )
    expect(reasons).toContainEqual(expect.stringMatching(/the rule itself failed: no such column/))
  })

  it('facade-9 facts that nobody knows are vouched for on a command, as those of the house are', async () => {
    const { facts, rule } = ownFacts({
      'clinic.boardMember': {
        words: 'whether the guarantor sits on the board',
        find: ({ account }) =>
          account.registration.guarantor?.name === 'Jo Roe' ? unknown('nobody has asked') : known(true),
        vouched: z.boolean(),
      },
      'clinic.tier': { words: 'the tier of the account', find: () => unknown('nobody has said') },
    })
    const asks = rule({
      ...noBoardMembers,
      judge: (given) => (given['clinic.boardMember'] ? block('the guarantor sits on the board') : pass),
      needs: ['clinic.boardMember'],
    })
    const review = (attestedOwn: Record<string, boolean | string>) =>
      ({ type: 'ReviewForPlacement', on: '2026-11-20', attestedOwn }) as const
    const failed = async (book: Book, command: ReturnType<typeof review>) => {
      const told = await book.execute(ROE, command)
      if (!told.ok) return told.hits.map((hit) => hit.rule)
      return 'warnings' in told ? told.warnings.map((hit) => hit.rule) : []
    }
    await using book = await withDebt({ rules: [asks], facts })
    expect(await failed(book, review({}))).toContain('CLINIC-1')
    expect(await failed(book, review({ 'clinic.boardMember': true }))).toContain('CLINIC-1')
    expect(await failed(book, review({ 'clinic.boardMember': false }))).not.toContain('CLINIC-1')
    const history = await book.history(ROE)
    expect(JSON.stringify(history)).toContain('clinic.boardMember false')
    // What the product knows is not vouched for otherwise.
    await using other = await withDebt({ rules: [asks], facts }, 'Ann Poe')
    expect(await failed(other, review({ 'clinic.boardMember': false }))).toContain('facts.alreadyKnown')
  })

  it.each<[string, Record<string, boolean | string>]>([
    ['is no fact of this book that the desk may vouch for: clinic.boardMember', { 'clinic.mayor': true }],
    ['is no fact of this book that the desk may vouch for: clinic.boardMember', { 'clinic.tier': 'gold' }],
    ['expected boolean', { 'clinic.boardMember': 'no' }],
  ])('facade-9 a name that is no such fact, or no value of it, is refused with its place: %s', async (words, given) => {
    const { facts } = ownFacts({
      'clinic.boardMember': { words: 'whether', find: () => unknown('nobody asked'), vouched: z.boolean() },
      'clinic.tier': { words: 'the tier', find: () => unknown('nobody has said') },
    })
    await using book = await withDebt({ facts })
    const command = { ...place, attestedOwn: given } as const
    await expect(book.execute(ROE, command)).rejects.toMatchObject({
      _tag: 'InvalidCommand',
      issues: [{ path: `attestedOwn.${Object.keys(given)[0]}`, message: expect.stringContaining(words) }],
    })
  })

  it('facade-9 are asked by imports: a share is held off the patient by their name', async () => {
    await using book = await openTestBook('memory:', { rules: [noShares] })
    await book.importContent(remittanceText(), { openMissing: true })
    const { items } = await book.accounts()
    const held = await Promise.all(items.map(({ account }) => book.account(account)))
    expect(held.flatMap((one) => (one.beforeTheBooks ? [] : one.holdings))).toMatchObject([
      { amount: 2_000, blockedBy: ['CLINIC-2'] },
    ])
    await using without = await openTestBook()
    await without.importContent(remittanceText(), { openMissing: true })
    expect((await without.worklist({ queue: 'heldResponsibility' })).items).toEqual([])
  })

  it('facade-9 a gate or a fact that does not exist is a type error, and refused at run time with each place', async () => {
    // @ts-expect-error no such gate
    const wrongGate = ownRule({ ...noShares, id: 'W-1', gates: ['placeAcount'] })
    // @ts-expect-error no such fact
    const wrongFact = ownRule({ ...noShares, id: 'W-2', needs: ['practice.sate'], judge: () => pass })
    const sameId = ownRule({ ...noShares, id: 'PC-02' })
    const opening = openTestBook('memory:', {
      rules: [wrongGate, wrongFact, sameId] as never,
      facts: { vip: clinic.facts['clinic.broken'] },
    })
    await expect(opening).rejects.toMatchObject({
      _tag: 'InvalidRules',
      issues: [{ path: 'facts.vip' }, { path: 'rules.0.gates.0' }, { path: 'rules.1.needs.0' }, { path: 'rules.2.id' }],
    })
    await expect(openTestBook('memory:', { rules: [noBoardMembers] })).rejects.toMatchObject({
      issues: [{ path: 'rules.0.needs.0' }],
    })
  })

  it('facade-9 are described and decided with the others', () => {
    const own = { rules: [noBoardMembers], facts: clinic.facts }
    expect(describeRules('CLINIC-1', own)).toMatchObject([
      {
        id: 'CLINIC-1',
        facts: [
          { name: 'clinic.boardMember', words: 'whether the guarantor sits on the board' },
          { name: 'practice.state' },
        ],
      },
    ])
    const at = { today: '2026-11-20' as never, policy: { version: 1, policy: presets.physicianPracticeMN } }
    const facts = { 'clinic.boardMember': true, 'practice.state': 'MN' }
    expect(decideRule('CLINIC-1', facts, at, own)).toMatchObject({ decision: 'block' })
    expect(decideRule('CLINIC-1', { 'practice.state': 'MN' }, at, own)).toMatchObject({ decision: 'unknown' })
    expect(() => describeRules('CLINIC-1')).toThrow(expect.objectContaining({ _tag: 'NotFound' }))
  })

  it('facade-9 the command line takes them from a module', async () => {
    const index = join(import.meta.dirname, '..', '..', 'src', 'index.ts')
    const module = write(
      folder,
      'clinic-rules.mjs',
      `import { block, ownRule } from ${JSON.stringify(index)}
      export const rules = [ownRule({ id: 'CLINIC-9', version: 1, title: 'Never', citation: 'Handbook, 9', gates: ['placeAccount'],
        needs: ['practice.state'], judge: () => block('never placed') })]`,
    )
    const cli = commandLineIn(folder)
    const commands = write(
      folder,
      'place.json',
      JSON.stringify([
        { account: ROE, type: 'OpenAccount', accountId: ROE, on: '2026-05-01', guarantor: { name: 'Jo Roe' } },
        {
          account: ROE,
          type: 'PostCharge',
          on: '2026-05-02',
          visit: 'v1',
          line: 'l1',
          code: '99213',
          amount: 12_500,
        },
        { account: ROE, ...place },
      ]),
    )
    const ran = await cli(
      'command',
      commands,
      '--db',
      'sqlite:own.db',
      '--practice',
      'physicianPracticeMN',
      '--rules',
      module,
    )
    expect(ran.stdout).toMatch(/CLINIC-9: never placed/)
    expect((await cli('rules', 'CLINIC-9', '--rules', module)).stdout).toMatch(
      /CLINIC-9 .*Never .*\n +needs practice\.state/,
    )
    expect(await cli('rules', '--rules', 'nowhere.mjs')).toMatchObject({ status: 2 })
    const wrong = write(folder, 'wrong.mjs', 'export const rules = [{ id: "X", gates: ["nowhere"] }]')
    const refused = await cli('rules', '--rules', wrong)
    expect(refused).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/rules\.0\.gates\.0: nowhere is no gate/),
    })
  })

  it('facade-24 the catalogue names the facts of each rule', async () => {
    const { stdout } = await commandLineIn(folder)('rules', 'PC-02')
    expect(stdout).toMatch(/^PC-02 .*\n +needs /m)
    for (const { needs, facts } of describeRules()) expect(facts.map(({ name }) => name)).toEqual(needs)
  })
})
