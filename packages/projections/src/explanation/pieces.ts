import { tellings } from './explanations.ts'
import type { Piece } from './parts.ts'
import type { MoneyEvent, Scene } from './telling.ts'

/** An event's pieces of one party's share of one line. They add up to the net change. */
export const piecesOf = (event: MoneyEvent, scene: Scene): readonly Piece[] => {
  const telling = tellings[event.type]
  if (typeof telling === 'function') return [{ ...telling(event, scene), amount: scene.net }]
  const pieces = telling.pieces(event, scene).filter((piece) => piece.amount !== 0)
  const rest = scene.net - pieces.reduce((sum, piece) => sum + piece.amount, 0)
  return rest === 0 ? pieces : [...pieces, { kind: 'other', words: telling.rest, amount: rest }]
}
