import type { AccountEvent } from '@daybook/core/account'
import { facets } from '../../facets/account.ts'
import type { Words } from '../tell.ts'

/** A sentence for everything that can happen to an account: that none is missing is a matter of types (facets/account.ts). */
export const accountWords = Object.assign({}, ...Object.values(facets).map(({ words }) => words)) as Words<AccountEvent>
