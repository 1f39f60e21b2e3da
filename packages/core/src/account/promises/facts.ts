import { known } from '../../rules/facts.ts'
import type { Asked, Supply } from '../facts.ts'
import { openOn } from './state.ts'

/** One whose time has passed is open no more, also where nobody has recorded that yet. */
const isOpen = ({ state, scope, on }: Asked) =>
  known(openOn(state.promises, on).some(({ made }) => made.lines.some(({ lineId }) => scope.lines.includes(lineId))))

export const facts: Supply = { 'promise.open': isOpen }
