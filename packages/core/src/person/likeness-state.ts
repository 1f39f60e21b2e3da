import type { Day } from '../kernel/day.ts'
import type { Of } from '../kernel/decision.ts'
import type { GroupId, PersonId } from '../kernel/ids.ts'
import type { LikenessEvent, PersonLikenessHinted } from './likeness-events.ts'

// Who may be the same human being, and with whom a person is one.

/** Another person who may be this one, or is not; `same`: somebody has said so, and nobody has taken it back. */
export interface Likeness {
  readonly otherId: PersonId
  readonly by: PersonLikenessHinted['by']
  /** The day on which somebody was told first. */
  readonly since: Day
  readonly judged?: 'same' | 'notSame' | undefined
}

/** The group that a person is of. */
export interface OfGroup {
  readonly groupId: GroupId
  readonly since: Day
}

/** What is written to while likenesses are folded. */
export interface LikenessBuilder {
  likenesses: ReadonlyMap<PersonId, Likeness>
  group?: OfGroup | undefined
}

export const evolveLikenesses: {
  readonly [K in LikenessEvent['type']]: (builder: LikenessBuilder, event: Of<LikenessEvent, K>) => void
} = {
  PersonLikenessHinted: (builder, { otherId, by, effectiveDate }) => {
    const known = builder.likenesses.get(otherId) ?? { otherId, by: [], since: effectiveDate }
    const likeness = { ...known, by: [...new Set([...known.by, ...by])] }
    builder.likenesses = new Map(builder.likenesses).set(otherId, likeness)
  },
  PersonLikenessJudged: (builder, { otherId, same, effectiveDate }) => {
    const known = builder.likenesses.get(otherId) ?? { otherId, by: [], since: effectiveDate }
    builder.likenesses = new Map(builder.likenesses).set(otherId, { ...known, judged: same ? 'same' : 'notSame' })
  },
  PersonGrouped: (builder, { groupId, effectiveDate }) => {
    builder.group = { groupId, since: effectiveDate }
  },
  PersonUngrouped: (builder) => {
    builder.group = undefined
    // Who was taken for them in error is none of them.
    builder.likenesses = new Map(
      [...builder.likenesses].map(([id, each]) => [
        id,
        each.judged === 'same' ? { ...each, judged: 'notSame' as const } : each,
      ]),
    )
  },
}
