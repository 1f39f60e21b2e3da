import { type Day, parseDay } from '@daybook/core/kernel'
import { figure, type Segment, sameControl, written } from './elements.ts'
import type { X12Limits } from './limits.ts'
import { forbidsUse, type X12Problem, type X12ProblemCode, type X12Where, x12Problem } from './problems.ts'
import type { SegmentScanner } from './scanner.ts'
import { usualSeparators } from './separators.ts'
import type { X12Transaction } from './transaction.ts'
import { type OpenSet, openTransactionSet } from './transaction-sets.ts'

/** Versions whose guides this reader follows. */
const knownVersion = /^00(401|501)0X/

interface Group {
  /** GS06. */
  readonly control: string
  /** GS08. */
  readonly version: string
  readonly date: Day | undefined
  transactions: number
}

interface Open {
  readonly transactionSet: string
  readonly controlNumber: string
  readonly version: string
  readonly startedAt: number
  readonly problems: X12Problem[]
  leftOut: number
  set: OpenSet | undefined
}

/**
 * Follows ISA/GS/ST … SE/GE/IEA, hands the segments between ST and SE to the reader of that transaction set, and gives
 * each transaction as soon as its SE has been read. What is wrong with an envelope never hides a whole transaction.
 */
export class EnvelopeReader {
  readonly #scanner: SegmentScanner
  readonly #limits: X12Limits
  #ready: X12Transaction[] = []
  /** Results drained. */
  #given = 0
  #envelopeProblems: X12Problem[] = []
  /** ISA13 of the open interchange; undefined when none is open. */
  #interchangeControl: string | undefined
  #interchange = 0
  /** Place of the last segment that was accepted. */
  #at = 0
  #groups = 0
  /** ST segments of the open interchange. */
  #transactions = 0
  #group: Group | undefined
  #open: Open | undefined
  /** Reported once a transaction. */
  #reported = new Set<X12ProblemCode>()

  constructor(scanner: SegmentScanner, limits: X12Limits) {
    this.#scanner = scanner
    this.#limits = limits
  }

  /** The results that are complete. */
  drain(): X12Transaction[] {
    const ready = this.#ready
    this.#given += ready.length
    this.#ready = []
    return ready
  }

  accept(segment: Segment): void {
    const scanner = this.#scanner
    if (scanner.interchange !== this.#interchange) this.#enterInterchange()
    this.#at = scanner.number
    if (this.#isOneTooMany(segment)) return
    if (scanner.wrapped) this.#reportOnce('lineBreakInSegment', 'a line break stands inside a segment', segment)
    if (scanner.undecodable) this.#reportOnce('undecodable', 'some characters are not text in the encoding', segment)
    if (segment.length > this.#limits.elements + 1) {
      this.#report('tooManyElements', `the segment has more than ${this.#limits.elements} elements`, segment)
      return
    }
    if (scanner.unterminated && !this.#endsWell(segment)) {
      this.#report('cutInSegment', 'the file ends in the middle of a segment, which was not read', segment)
      return
    }
    switch (segment[0]) {
      case 'ISA':
        this.#interchangeControl = written(segment, 13)
        return
      case 'GS':
        this.#openGroup(segment)
        return
      case 'ST':
        this.#openTransaction(segment)
        return
      case 'SE':
        this.#closeTransaction(segment)
        return
      case 'GE':
        this.#closeGroup(segment)
        return
      case 'IEA':
        this.#closeInterchange(segment)
        return
      case 'TA1':
        return
    }
    if (this.#open) this.#open.set?.take(segment)
    else this.#report('strayedSegment', 'the segment stands outside any transaction', segment)
  }

  /** The end of the file, or of what can be read of it. */
  end(fatal?: { readonly code: X12ProblemCode; readonly message: string }): void {
    if (fatal) this.#report(fatal.code, fatal.message)
    this.#leaveInterchange()
    this.#giveEnvelope()
  }

  #enterInterchange(): void {
    this.#leaveInterchange()
    this.#giveEnvelope()
    this.#interchange = this.#scanner.interchange
    this.#groups = 0
    this.#transactions = 0
    const found = this.#scanner.found
    if (found?.envelope === 'none') {
      this.#report('noEnvelope', 'there is no interchange header (ISA); the usual separators were assumed')
    } else if (found && !found.regular) {
      this.#report('irregularInterchangeHeader', 'the interchange header (ISA) has not its fixed widths')
    }
  }

  #leaveInterchange(): void {
    this.#cutTransaction('the interchange')
    if (this.#group) this.#report('groupNotClosed', 'the group has no trailer (GE)')
    this.#group = undefined
    if (this.#interchangeControl !== undefined)
      this.#report('interchangeNotClosed', 'the interchange has no trailer (IEA)')
    this.#interchangeControl = undefined
    if (this.#interchange > 0 && this.#transactions === 0 && !this.#envelopeProblems.some(forbidsUse))
      this.#report('noTransaction', 'the interchange holds no transaction (ST)')
  }

  /** The last segment of a file often lacks its terminator; a trailer that is whole is taken. */
  #endsWell(segment: Segment): boolean {
    return /^(SE|GE|IEA)$/.test(segment[0] ?? '') && written(segment, 2) !== ''
  }

  #openGroup(segment: Segment): void {
    this.#cutTransaction('a new group (GS)')
    if (this.#group) this.#report('groupNotClosed', 'the group has no trailer (GE)')
    this.#groups += 1
    this.#group = {
      control: written(segment, 6),
      version: written(segment, 8),
      date: parseDay(written(segment, 4)),
      transactions: 0,
    }
  }

  #closeGroup(segment: Segment): void {
    this.#cutTransaction('the end of the group (GE)')
    const group = this.#group
    if (!group) {
      this.#report('strayedSegment', 'a group ends (GE) that did not begin (GS)', segment)
      return
    }
    if (Number(written(segment, 1)) !== group.transactions) {
      const message = `GE01 says ${figure(segment, 1)} transactions, the group has ${group.transactions}`
      this.#report('groupControl', message, segment)
    }
    if (!sameControl(written(segment, 2), group.control))
      this.#report('groupControl', 'GE02 is not the control number of GS06', segment)
    this.#group = undefined
  }

  #closeInterchange(segment: Segment): void {
    this.#cutTransaction('the end of the interchange (IEA)')
    if (this.#group) this.#report('groupNotClosed', 'the group has no trailer (GE)')
    this.#group = undefined
    const control = this.#interchangeControl
    if (control === undefined) {
      this.#report('strayedSegment', 'an interchange ends (IEA) that did not begin (ISA)', segment)
      return
    }
    if (Number(written(segment, 1)) !== this.#groups) {
      const message = `IEA01 says ${figure(segment, 1)} groups, the interchange has ${this.#groups}`
      this.#report('interchangeControl', message, segment)
    }
    if (!sameControl(written(segment, 2), control))
      this.#report('interchangeControl', 'IEA02 is not the control number of ISA13', segment)
    this.#interchangeControl = undefined
  }

  #openTransaction(segment: Segment): void {
    this.#cutTransaction('a new transaction (ST)')
    if (this.#group) this.#group.transactions += 1
    this.#transactions += 1
    const transactionSet = written(segment, 1)
    const controlNumber = written(segment, 2).slice(0, 35)
    const version = (written(segment, 3) || this.#group?.version || '').slice(0, 12)
    const startedAt = this.#scanner.number
    const open: Open = { transactionSet, controlNumber, version, startedAt, problems: [], leftOut: 0, set: undefined }
    this.#open = open
    this.#reported.clear()
    open.set = openTransactionSet(transactionSet, {
      separators: this.#scanner.found?.separators ?? usualSeparators,
      controlNumber,
      version,
      groupDate: this.#group?.date,
      problem: (code, message, at, claim) => this.#report(code, message, at, claim),
      segmentNumber: () => this.#scanner.number,
    })
    if (!open.set.isRead) {
      const name = /^\w{1,6}$/.test(transactionSet) ? ` ${transactionSet}` : ''
      this.#report('unsupportedTransaction', `transaction set${name} is not read here, only 835 and 837`, segment)
    } else if (version !== '' && !knownVersion.test(version))
      this.#report('unknownVersion', 'the version is neither 4010 nor 5010', segment)
  }

  #closeTransaction(segment: Segment): void {
    const open = this.#open
    if (!open) {
      this.#report('strayedSegment', 'a transaction ends (SE) that did not begin (ST)', segment)
      return
    }
    const count = this.#scanner.number - open.startedAt + 1
    if (Number(written(segment, 1)) !== count)
      this.#report('segmentCount', `SE01 says ${figure(segment, 1)} segments, the transaction has ${count}`, segment)
    if (!sameControl(written(segment, 2), open.controlNumber))
      this.#report('transactionControl', 'SE02 is not the control number of ST02', segment)
    this.#give(open)
  }

  #cutTransaction(by: string): void {
    if (!this.#open) return
    this.#report('transactionCut', `the transaction is cut off: ${by} ends before its trailer (SE)`)
    this.#give(this.#open)
  }

  #give(open: Open): void {
    const { transactionSet, controlNumber, version, problems, set } = open
    const result = set?.close(() => {
      if (open.leftOut > 0) {
        const more = `${open.leftOut} more problems of this transaction are not shown`
        problems.push(x12Problem('problemsLeftOut', more, this.#where()))
      }
      const group = this.#group ? { group: this.#group.control } : {}
      const transaction = { interchange: this.#interchange, ...group, controlNumber, transactionSet, version, problems }
      return { transaction, usable: !problems.some(forbidsUse) }
    })
    if (result) this.#ready.push(result)
    this.#open = undefined
    this.#reported.clear()
  }

  #giveEnvelope(): void {
    if (this.#envelopeProblems.length === 0) return
    const interchange = Math.max(this.#interchange, 1)
    this.#ready.push({ kind: 'envelope', interchange, problems: this.#envelopeProblems })
    this.#envelopeProblems = []
  }

  /** What one more transaction or interchange begins with, where there may be no more: nothing after it is read. */
  #isOneTooMany(segment: Segment): boolean {
    const { transactions } = this.#limits
    if (segment[0] !== 'ST' && segment[0] !== 'ISA') return false
    if (this.#given + this.#ready.length + (this.#open ? 1 : 0) < transactions) return false
    this.#cutTransaction('a new transaction (ST)')
    const message = `the file has more than ${transactions} transactions; those after them were not read`
    this.#scanner.fatal = { code: 'tooManyTransactions', message }
    return true
  }

  #where(segment?: Segment, claim?: string): X12Where {
    return {
      interchange: Math.max(this.#interchange, 1),
      ...(this.#group ? { group: this.#group.control } : {}),
      ...(this.#open ? { transaction: this.#open.controlNumber } : {}),
      ...(claim ? { claim } : {}),
      ...(this.#at > 0 ? { segment: this.#at } : {}),
      ...(segment?.[0] ? { segmentId: segment[0].slice(0, 3) } : {}),
    }
  }

  #reportOnce(code: X12ProblemCode, message: string, segment: Segment): void {
    if (this.#reported.has(code)) return
    this.#reported.add(code)
    this.#report(code, message, segment)
  }

  #report(code: X12ProblemCode, message: string, segment?: Segment, claim?: string): void {
    const problem = x12Problem(code, message, this.#where(segment, claim))
    const open = this.#open
    const list = open ? open.problems : this.#envelopeProblems
    // An error is never left out: it decides whether the transaction may be used.
    if (list.length < this.#limits.problems || (forbidsUse(problem) && !list.some(forbidsUse))) list.push(problem)
    else if (open) open.leftOut += 1
  }
}
