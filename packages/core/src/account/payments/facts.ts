import { known } from '../../rules/facts.ts'
import type { Supply } from '../facts.ts'

export const facts: Supply = {
  'payment.lastOn': ({ state }) => known(state.payments.payments.last('received') ?? 'never'),
}
