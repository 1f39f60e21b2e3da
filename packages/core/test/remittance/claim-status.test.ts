import { describe, expect, it } from 'vitest'
import {
  isCrossedOver,
  isLaterPayer,
  isNotInsured,
  isPredetermination,
  isReversal,
  placeOf,
  saysNotEligible,
} from '../../src/documents/claim-status.ts'

const meant = (status: string): string =>
  [
    placeOf(status) === undefined ? '' : `place ${placeOf(status)}`,
    isLaterPayer(status) ? 'later' : '',
    isCrossedOver(status) ? 'crossed over' : '',
    isReversal({ status }) ? 'reversal' : '',
    isPredetermination({ status }) ? 'predetermination' : '',
    isNotInsured(status) ? 'not insured' : '',
    saysNotEligible(status) ? 'not eligible' : '',
  ]
    .filter((word) => word !== '')
    .join(', ')

describe('CLP02, the claim status code', () => {
  it.each([
    ['1', 'place 1'],
    ['2', 'place 2, later'],
    ['3', 'place 3, later'],
    ['4', 'not insured, not eligible'],
    ['19', 'place 1, crossed over'],
    ['20', 'place 2, later, crossed over'],
    ['21', 'place 3, later, crossed over'],
    ['22', 'reversal'],
    ['23', 'not eligible'],
    ['25', 'predetermination'],
    ['', ''],
    ['5', ''],
  ])('%s: %s', (status, words) => {
    expect(meant(status)).toBe(words)
  })
})
