import type { AccountEvent } from '@daybook/core/account'
import type { LineId, Of } from '@daybook/core/kernel'
import type { Piece } from './parts.ts'
import type { Scene, Whole } from './telling.ts'

// What the words of several events look up.

type AdjudicatedLine = Of<AccountEvent, 'ClaimAdjudicated'>['lines'][number]

/** What the payer decided about the line in question. */
export const adjudicatedLine = (scene: Scene, adjudication: string | undefined): AdjudicatedLine | undefined =>
  adjudication === undefined
    ? undefined
    : scene.adjudication(adjudication)?.lines.find((line) => line.lineId === scene.line)

/** Of lines that an event names, those of the share in question. */
export const ownLines = <L extends { readonly lineId: LineId }>(scene: Scene, lines: readonly L[]): readonly L[] =>
  lines.filter((line) => line.lineId === scene.line)

/** What is undone is named by what it undoes, also where it was itself undone before. */
export const undoing = (piece: Pick<Piece, 'kind' | 'words' | 'undoes'>): Whole => {
  const undoes = piece.undoes ?? { kind: piece.kind, words: piece.words }
  return { kind: 'undone', words: `${undoes.words}: undone`, undoes }
}
