import type { Day } from '../../kernel/day.ts'
import type { LineId } from '../../kernel/ids.ts'
import { type Questions, type ReadonlyTable, Table } from '../../kernel/table.ts'
import type { ElectionId, NoticeId, NoticeRecorded, SelfPayElected, SelfPayEnded, SelfPayHolds } from './events.ts'

/** An election and where it stands: `waiting` for the money, holding, or ended. */
export interface Election {
  readonly event: SelfPayElected
  readonly status: 'waiting' | 'holds' | 'ended'
  /** Where it holds: how the lines became the patient's. */
  readonly held?: SelfPayHolds
  /** Where it ended: from when. */
  readonly endedOn?: Day
}

const ofNotices = { by: { line: (notice: NoticeRecorded) => notice.lines } } satisfies Questions<NoticeRecorded>

const ofElections = {
  where: { running: ({ status }: Election) => status !== 'ended' },
  by: { line: ({ event }: Election) => event.lines },
} satisfies Questions<Election>

/** What patients were told, and what they chose. */
export interface AgreementState {
  readonly notices: ReadonlyTable<NoticeId, NoticeRecorded, typeof ofNotices>
  readonly elections: ReadonlyTable<ElectionId, Election, typeof ofElections>
}
export interface AgreementBuilder {
  notices: Table<NoticeId, NoticeRecorded, typeof ofNotices>
  elections: Table<ElectionId, Election, typeof ofElections>
}

export const initial = (): AgreementBuilder => ({ notices: new Table(ofNotices), elections: new Table(ofElections) })
export const builderOf = (state: AgreementState): AgreementBuilder => ({
  notices: state.notices.next(),
  elections: state.elections.next(),
})

export const evolve = {
  NoticeRecorded: (slice: AgreementBuilder, event: NoticeRecorded) => {
    slice.notices.set(event.noticeId, event)
  },
  SelfPayElected: (slice: AgreementBuilder, event: SelfPayElected) => {
    slice.elections.set(event.electionId, { event, status: 'waiting' })
  },
  SelfPayHolds: (slice: AgreementBuilder, held: SelfPayHolds) => {
    const election = slice.elections.get(held.electionId)
    if (election) slice.elections.set(held.electionId, { ...election, status: 'holds', held })
  },
  SelfPayEnded: (slice: AgreementBuilder, { electionId, effectiveDate: endedOn }: SelfPayEnded) => {
    const election = slice.elections.get(electionId)
    if (election) slice.elections.set(electionId, { event: election.event, status: 'ended', endedOn })
  },
}

/** The election that ran on a line on a day and has ended since. */
export const endedElectionOn = (state: AgreementState, line: LineId, on: Day): Election | undefined =>
  state.elections
    .by('line', line)
    .find(({ event, endedOn }) => endedOn !== undefined && event.effectiveDate <= on && on < endedOn)

/** The election that runs on a line; there is at most one. */
export const electionOn = (state: AgreementState, line: LineId): Election | undefined =>
  state.elections.by('line', line).find(({ status }) => status !== 'ended')
