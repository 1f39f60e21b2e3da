import { describe, expect, it } from 'vitest'
import { type AccountCommandInput, accountCommand } from '../../src/account/index.ts'
import { office, opened } from '../support/desk.ts'
import { owing } from '../support/statement-desk.ts'

const on = '2026-03-02'
const assign = { type: 'AssignWork', on, queue: 'denials', to: 'ben' } as const
const snooze = (until: string): AccountCommandInput => ({
  type: 'SnoozeWork',
  on,
  queue: 'selfPay',
  until,
  reason: 'waits for the employer',
})

describe('F21 who works what, and what is put off (reference §11.1, §11.8)', () => {
  it('work goes to somebody, then to another, then to nobody in particular', () => {
    const desk = opened(on)
    expect(desk.does(assign, on)).toEqual([
      { type: 'WorkItemAssigned', effectiveDate: on, queue: 'denials', subject: undefined, to: 'ben' },
    ])
    expect(desk.refused(assign, on)).toEqual(['work.theirs'])
    desk.does({ ...assign, to: 'anna' }, on)
    desk.does({ type: 'UnassignWork', on, queue: 'denials' }, on)
    expect(desk.refused({ type: 'UnassignWork', on, queue: 'denials' }, on)).toEqual(['work.nobodys'])
    expect(desk.refused({ type: 'AssignWork', on, subject: 'd1', to: 'ben' }, on)).toEqual(['work.noQueue'])
  })

  it('work is put off no further than policy lets it, and never back', () => {
    const desk = opened(on)
    expect(desk.refused(snooze(on), on)).toEqual(['work.snoozedBack'])
    expect(desk.refused(snooze('2026-04-02'), on)).toEqual(['work.snoozedTooFar'])
    expect(desk.does(snooze('2026-04-01'), on)).toMatchObject([{ type: 'WorkItemSnoozed', until: '2026-04-01' }])
  })

  it('who has the work of another may note what was said, and not approve a write-off of their own (law F4)', () => {
    const ben = { ...office, actor: { id: 'ben', roles: ['rep' as const] } }
    const desk = owing(5_000, on, ben)
    desk.does({ type: 'AssignWork', on, to: 'ben' }, on)
    desk.does({ type: 'AddNote', on, summary: 'called: will pay on Friday' }, on)
    const off = {
      type: 'WriteOff',
      on,
      visit: 'v1',
      party: 'patient',
      category: 'administrative',
      reason: 'asked',
    } as const
    const approvedBy = (by: string) => ({ ...off, approval: { by, roles: ['supervisor' as const] } })
    expect(desk.refused(off, on)).toEqual(['WO-01'])
    expect(desk.refused(approvedBy('ben'), on)).toEqual(['WO-01'])
    expect(desk.does(approvedBy('dora'), on)).toMatchObject([{ type: 'WriteOffPosted' }])
  })

  it('nobody is named by what could steer a terminal, and nobody by blanks', () => {
    const gives = (to: string, subject?: string) =>
      accountCommand.safeParse({ type: 'AssignWork', on, queue: 'denials', to, ...(subject ? { subject } : {}) })
        .success
    expect([gives('anna'), gives('a\u001b[31m'), gives('\u202eanna'), gives('  ')]).toEqual([true, false, false, false])
    expect([gives('anna', 'd1'), gives('anna', 'd\u0007')]).toEqual([true, false])
  })
})
