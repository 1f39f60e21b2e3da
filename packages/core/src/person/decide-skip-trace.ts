import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import type { PersonContext } from './context.ts'
import { datingHits, datumAdded, datumHits } from './decide-file.ts'
import type { PersonEvent } from './events.ts'
import type { SkipTraceCommand } from './skip-trace-commands.ts'
import type { SkipTraceId } from './skip-trace-events.ts'
import type { PersonState } from './state.ts'

// Looking for somebody who can not be reached (reference §11.6, duty F32).

/** The search that has not ended. */
export const openSkipTrace = ({ skipTraces }: Pick<PersonState, 'skipTraces'>) =>
  [...skipTraces.values()].find(({ closed }) => closed === undefined)

const caseHits = (
  state: PersonState,
  {
    on,
    skipTrace,
  }: Extract<SkipTraceCommand, { type: 'CloseSkipTrace' }> | Extract<SkipTraceCommand, { type: 'RecordSkipTraceStep' }>,
): readonly RuleHit[] => {
  const found = state.skipTraces.get(skipTrace)
  if (!found) return [precondition('skipTrace.unknown', `there is no search ${skipTrace} on this person's file`)]
  return [
    ...(found.closed
      ? [precondition('skipTrace.closed', `search ${skipTrace} ended on ${found.closed.effectiveDate}`)]
      : []),
    ...(on < found.started.effectiveDate
      ? [precondition('skipTrace.before', `search ${skipTrace} began on ${found.started.effectiveDate}`)]
      : []),
  ]
}

const noteOf = (note: SkipTraceCommand['note']) => (note === undefined ? {} : { note })

export const decideSkipTrace: Decide<PersonState, SkipTraceCommand, PersonEvent, PersonContext> = {
  StartSkipTrace: (state, { on, skipTrace, because, datum, note }, context) => {
    const open = openSkipTrace(state)
    return (
      rejectIfAny([
        ...datingHits(state, { on }, context),
        ...(datum === undefined ? [] : datumHits(state, datum)),
        ...(open
          ? [precondition('skipTrace.open', `search ${open.started.skipTraceId} is open`, 'RecordSkipTraceStep')]
          : []),
        ...(skipTrace !== undefined && state.skipTraces.has(skipTrace)
          ? [precondition('skipTrace.known', `search ${skipTrace} was used before`)]
          : []),
      ]) ??
      accept([
        {
          type: 'SkipTraceStarted',
          effectiveDate: on,
          skipTraceId: skipTrace ?? (context.newId('skipTrace') as SkipTraceId),
          because,
          ...(datum === undefined ? {} : { datumId: datum }),
          ...noteOf(note),
        },
      ])
    )
  },
  RecordSkipTraceStep: (state, command, context) => {
    const { on, skipTrace, source, found = [], note } = command
    const data = found.map((one) => datumAdded(state, { type: 'RecordDatum', on, source, ...one }, context))
    const ids = data.flatMap((one) => ('event' in one ? one.event.datumId : []))
    const hits = [
      ...datingHits(state, { on }, context),
      ...caseHits(state, command),
      ...data.flatMap((one) => ('hits' in one ? one.hits : [])),
      ...(new Set(ids).size < ids.length ? [precondition('person.datumKnown', 'two findings have one id')] : []),
    ]
    return (
      rejectIfAny(hits) ??
      accept<PersonEvent>([
        ...data.flatMap((one) => ('event' in one ? one.event : [])),
        { type: 'SkipTraceStepTaken', effectiveDate: on, skipTraceId: skipTrace, source, found: ids, ...noteOf(note) },
      ])
    )
  },
  CloseSkipTrace: (state, command, context) => {
    const { on, skipTrace, outcome, note } = command
    return (
      rejectIfAny([...datingHits(state, { on }, context), ...caseHits(state, command)]) ??
      accept([{ type: 'SkipTraceClosed', effectiveDate: on, skipTraceId: skipTrace, outcome, ...noteOf(note) }])
    )
  },
}
