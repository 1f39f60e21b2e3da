import type { AccountEvent } from '@daybook/core/account'
import { addDays, type Day, toDay } from '@daybook/core/kernel'
import fc from 'fast-check'
import type { Book } from './book.ts'
import type { Written } from './brute-force.ts'
import * as facts from './facts.ts'

/** What happened, as numbers that a history is made of; each means something whatever came before. */
export interface Happening {
  readonly kind: number
  readonly which: number
  readonly daysBack: number
  readonly amount: number
  /** Days until the next recording. */
  readonly later: number
}

export const arbHappenings = (maxLength: number): fc.Arbitrary<readonly Happening[]> =>
  fc.array(
    fc.record({
      kind: fc.nat(11),
      which: fc.nat(1_000),
      daysBack: fc.nat(120),
      amount: fc.integer({ min: 1, max: 20_000 }),
      later: fc.nat(9),
    }),
    { minLength: Math.floor(maxLength / 3), maxLength, size: 'max' },
  )

export const firstDay = toDay('2025-11-01')
const coverages = ['cov-1', 'cov-2', 'cov-3']

interface LayerMade {
  readonly account: string
  readonly line: string
  readonly layer: string
  readonly party: string
  readonly opened: Day
}

/**
 * Events of three accounts: charges, payments beyond what is open, retro-dated corrections, returned checks, transfers
 * to new layers and back, placements, claims sent early, late, twice and void, unapplied money, future-dated charges.
 */
export const happenedAs = (
  happenings: readonly Happening[],
  prefix = '',
): readonly { account: string; recorded: Day; event: AccountEvent }[] => {
  const layers: LayerMade[] = []
  const events: { account: string; recorded: Day; event: AccountEvent }[] = []
  let recorded = firstDay
  let made = 0
  const write = (account: string, event: AccountEvent): void => void events.push({ account, recorded, event })
  const covered = new Set<string>()
  /** An account has its own coverages: each is added before it first owes there. */
  const cover = (account: string, party: string): void => {
    const n = coverages.indexOf(party)
    if (n < 0 || covered.has(`${account} ${party}`)) return
    covered.add(`${account} ${party}`)
    write(account, facts.coverageAdded(recorded, party, `payer-${n % 2}`, n === 0 ? 'MB' : '12'))
  }
  const chargeOf = ({ which, daysBack, amount }: Happening, forward: boolean): void => {
    made += 1
    const account = `account-${which % 3}`
    const party = which % 4 < 2 ? 'patient' : `cov-${1 + (which % 3)}`
    const on = addDays(recorded, forward ? daysBack : -daysBack)
    const line = `${prefix}line-${made}`
    const layer = `${line}-1`
    const agingFrom = addDays(on, which % 5 === 0 ? 40 : 0)
    const cut = which % 2 ? { location: `loc-${which % 3}`, provider: `prov-${which % 4}`, financialClass: 'SP' } : {}
    const dos = addDays(on, -(which % 20))
    cover(account, party)
    write(account, facts.charge({ on, line, party, amount, layer, agingFrom, dos, ...cut }))
    layers.push({ account, line, layer, party, opened: on })
  }
  for (const happening of happenings) {
    const { kind, which, daysBack, amount, later } = happening
    const layer = layers[which % Math.max(layers.length, 1)]
    if (kind <= 2 || !layer) chargeOf(happening, kind === 2)
    else {
      const back = addDays(recorded, -daysBack)
      const on = back < layer.opened ? layer.opened : back
      const item = { line: layer.line, layer: layer.layer, amount }
      const isPatient = layer.party === 'patient'
      if (kind === 3) {
        write(
          layer.account,
          isPatient
            ? facts.patientPayment(on, `p-${events.length}`, amount, item)
            : facts.insurancePaid(on, layer.party, layer.line, amount, layer.layer),
        )
      } else if (kind === 4 && isPatient) write(layer.account, facts.paymentReversed(on, 'p', 'economic', item))
      else if (kind === 5 && isPatient) write(layer.account, facts.paymentReversed(on, 'p', 'correction', item))
      else if (kind === 6) write(layer.account, facts.patientPayment(back, `p-${events.length}`, amount))
      else if (kind === 7 && isPatient) write(layer.account, facts.applied(on, 'p', item))
      else if (kind === 8 && isPatient) write(layer.account, facts.placed(on, layer.line, amount, layer.layer))
      else if (kind === 9 || kind === 10) {
        const coverage = isPatient ? 'cov-1' : layer.party
        write(layer.account, facts.claimSubmitted(back, coverage, which % 7 === 0 ? '8' : '1', layer.line))
      } else {
        made += 1
        const to = `${layer.line}-t${made}`
        const party = isPatient ? 'cov-2' : 'patient'
        cover(layer.account, party)
        write(
          layer.account,
          facts.transferred(
            on,
            layer.line,
            amount,
            [
              { layer: layer.layer, party: layer.party, amount: -amount },
              { layer: to, party, amount },
            ],
            [{ layer: to, party, agingFrom: addDays(on, which % 30) }],
          ),
        )
        layers.push({ ...layer, layer: to, party, opened: on })
      }
    }
    recorded = addDays(recorded, later)
  }
  return events
}

/** Writes a history, in decisions of one event each. */
export const write = async (book: Book, happenings: readonly Happening[]): Promise<readonly Written[]> => {
  const log: Written[] = []
  for (const { account, recorded, event } of happenedAs(happenings)) {
    const position = await book.post(account, recorded, event)
    log.push({ position, account, event })
  }
  return log
}
