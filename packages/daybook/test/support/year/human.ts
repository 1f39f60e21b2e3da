import type { OnFile, Reached, Stands, Told } from './told.ts'

// One human being as the book knows them: the file that is asked, and what other files of theirs say against reaching them
// (issue 9: caps, a cease, consent and letters act on the group; decision 0028).

export interface HumanTold {
  readonly own: Told
  readonly others: readonly Told[]
}

export interface Call extends Reached {
  readonly isOwn: boolean
  readonly toWork: boolean
}

export const filesOf = ({ own, others }: HumanTold): readonly Told[] => [own, ...others]

/** What was said of them, in whatever file. */
export const saidOf = <T>(human: HumanTold, which: (told: Told) => Iterable<Stands<T>>): readonly Stands<T>[] =>
  filesOf(human).flatMap((told) => [...which(told)])

export const contactsOf = (human: HumanTold): readonly Call[] =>
  filesOf(human).flatMap((told) =>
    [...told.contacts.values()].map((each) => ({
      ...each,
      isOwn: told === human.own,
      toWork: told.data.get(each.datum ?? '')?.place === 'work',
    })),
  )

/** Two files mean the same phone, address or e-mail. */
const isSame = (a: OnFile | undefined, b: OnFile | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.kind === b.kind &&
  a.value.trim().toLowerCase() === b.value.trim().toLowerCase()

/** Whether a datum of a file is this one of the file that is asked, or the same number under another name. */
export const isThis = ({ own }: HumanTold, datum: string, told: Told, theirs: string): boolean =>
  (told === own && theirs === datum) || isSame(told.data.get(theirs), own.data.get(datum))

/** The place where everything is to go: what was agreed on last, of those that stand. */
export const lastAgreed = (
  human: HumanTold,
  stands: (each: Stands<string>) => boolean,
): { readonly told: Told; readonly datum: string } | undefined => {
  const all = filesOf(human).flatMap((told) =>
    told.confidential
      .filter(stands)
      .map((each) => ({ told, datum: each.what, since: each.at ?? each.day * 86_400_000 })),
  )
  return all.toSorted((a, b) => a.since - b.since).at(-1)
}
