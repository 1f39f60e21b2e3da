import { accept, type Decide, precondition, type RuleHit, rejectIfAny } from '../kernel/decision.ts'
import type { GroupId, PersonId } from '../kernel/ids.ts'
import type { PersonContext } from './context.ts'
import { datingHits, openHits } from './decide-file.ts'
import type { PersonEvent } from './events.ts'
import type { LikenessCommand } from './likeness-commands.ts'
import type { PersonState } from './state.ts'

// Whether two persons of the book are one human being. Who says so says it of both: the service tells the other's file and
// the group (decision 0028).

const otherHits = ({ person }: PersonState, other: PersonId): readonly RuleHit[] =>
  person?.personId === other ? [precondition('person.self', 'nobody is another person than themselves')] : []

/** Whether the two are one already. */
const isTogether = (other: PersonId, { others }: PersonContext): boolean =>
  others?.files.some(({ person }) => person?.personId === other) ?? false

export const decideLikeness: Decide<PersonState, LikenessCommand, PersonEvent, PersonContext> = {
  HintLikePerson: (state, { on, other, by }) => {
    const refused = rejectIfAny([...openHits(state), ...otherHits(state, other)])
    if (refused) return refused
    const known = state.likenesses.get(other)
    if (known && (known.judged || by.every((each) => known.by.includes(each)))) return accept([])
    return accept([{ type: 'PersonLikenessHinted', effectiveDate: on, otherId: other, by }])
  },
  JudgeLikePerson: (state, { on, other, same, reason }, context) => {
    const group = context.group ?? state.group?.groupId
    const isAnothers = same && state.group !== undefined && group !== state.group.groupId
    const refused = rejectIfAny([
      ...datingHits(state, { on }, context),
      ...otherHits(state, other),
      ...(isAnothers
        ? [
            precondition(
              'person.anotherGroup',
              'each of the two is one with others already',
              'take one of them out of its group first (LeaveGroup)',
            ),
          ]
        : []),
      ...(!same && isTogether(other, context)
        ? [
            precondition(
              'person.together',
              'somebody has said that they are one',
              `take one of them out of the group (LeaveGroup of this person, or of ${other})`,
            ),
          ]
        : []),
    ])
    if (refused) return refused
    const said = { type: 'PersonLikenessJudged' as const, effectiveDate: on, otherId: other, same, reason }
    const isSaid = state.likenesses.get(other)?.judged === (same ? 'same' : 'notSame')
    const grouped =
      same && state.group === undefined
        ? [
            {
              type: 'PersonGrouped' as const,
              effectiveDate: on,
              groupId: group ?? (context.newId('group') as GroupId),
            },
          ]
        : []
    return accept<PersonEvent>([...(isSaid && grouped.length === 0 ? [] : [said]), ...grouped])
  },
  LeaveGroup: (state, { on, reason }, context) => {
    const { group } = state
    return (
      rejectIfAny([
        ...datingHits(state, { on }, context),
        ...(group ? [] : [precondition('person.alone', 'nobody has said that this person is one with another')]),
      ]) ?? accept(group ? [{ type: 'PersonUngrouped', effectiveDate: on, groupId: group.groupId, reason }] : [])
    )
  },
}
