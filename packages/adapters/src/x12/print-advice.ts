import { clearText } from '@daybook/core/kernel'
import type { AdviceAdjustment, AdviceClaim, AdviceLine, Procedure, RemittanceAdvice } from '@daybook/core/remittance'
import { digits, dollars, type Printer } from './printer.ts'

/** One 835 from ST to SE, in the order of the guide (reference §12.6). */
export const printAdvice = (advice: RemittanceAdvice, to: Printer): void =>
  to.transaction('835', advice.controlNumber, undefined, () => {
    printHeader(advice, to)
    if (advice.claims.length > 0) to.line('LX', '1')
    for (const claim of advice.claims) printClaim(claim, to)
    printProviderAdjustments(advice, to)
  })

const blanks = (count: number): string[] => Array.from({ length: count }, () => '')

const printHeader = (advice: RemittanceAdvice, to: Printer): void => {
  const { payment, payer, payee } = advice
  if (payment) {
    const { handling, amount, creditOrDebit, method, dateWritten, trace, originator } = payment
    to.line('BPR', handling, dollars(amount), creditOrDebit, method, ...blanks(11), dateWritten)
    to.line('TRN', '1', trace, originator)
  }
  if (advice.currency) to.line('CUR', 'PR', advice.currency)
  if (advice.dateSource === 'DTM405') to.line('DTM', '405', digits(advice.date))
  to.line('N1', 'PR', payer.name, payer.idQualifier, payer.id)
  if (payer.additionalId) to.line('REF', '2U', payer.additionalId)
  to.line('N1', 'PE', payee.name, payee.idQualifier, payee.id)
  if (payee.taxId) to.line('REF', 'TJ', payee.taxId)
}

const printClaim = (claim: AdviceClaim, to: Printer): void => {
  const { patient, corrected, crossover } = claim
  const amounts = [dollars(claim.charge), dollars(claim.paid), dollars(claim.patientResponsibility)]
  const place = [claim.facilityType, claim.frequency]
  const { patientControlNumber, status, filingIndicator, payerControlNumber } = claim
  to.line('CLP', patientControlNumber, status, ...amounts, filingIndicator, payerControlNumber, ...place)
  printAdjustments(claim.adjustments, to)
  const names = [clearText(patient.last), clearText(patient.first), clearText(patient.middle)]
  const id = patient.id === undefined ? [] : ['MI', clearText(patient.id)]
  to.line('NM1', 'QC', '1', ...names, '', clearText(patient.suffix), ...id)
  if (corrected) {
    const { last, first, middle, suffix } = corrected
    const changed = corrected.id === undefined ? [] : ['C', clearText(corrected.id)]
    to.line('NM1', '74', '1', clearText(last), clearText(first), clearText(middle), '', clearText(suffix), ...changed)
  }
  if (crossover) {
    const carrier = crossover.id === undefined ? [] : [...blanks(4), 'PI', crossover.id]
    to.line('NM1', 'TT', '2', crossover.name, ...carrier)
  }
  for (let at = 0; at < claim.remarks.length; at += 5) to.line('MOA', '', '', ...claim.remarks.slice(at, at + 5))
  if (claim.originalReference) to.line('REF', 'F8', claim.originalReference)
  if (claim.statementFrom) to.line('DTM', '232', digits(claim.statementFrom))
  if (claim.statementTo) to.line('DTM', '233', digits(claim.statementTo))
  if (claim.coverageAmount !== undefined) to.line('AMT', 'AU', dollars(claim.coverageAmount))
  if (claim.patientPaid !== undefined) to.line('AMT', 'F5', dollars(claim.patientPaid))
  if (claim.interest !== undefined) to.line('AMT', 'I', dollars(claim.interest))
  for (const line of claim.lines) printLine(line, to)
}

const printProcedure = (procedure: Procedure, to: Printer): string =>
  procedure.qualifier === '' && procedure.modifiers.length === 0
    ? procedure.code
    : to.composite(procedure.qualifier, procedure.code, ...procedure.modifiers)

const printLine = (line: AdviceLine, to: Printer): void => {
  const submitted = line.submitted && printProcedure(line.submitted, to)
  const units = [line.unitsPaid, submitted, line.unitsSubmitted]
  const money = [dollars(line.charge), dollars(line.paid)]
  to.line('SVC', printProcedure(line.adjudicated, to), ...money, line.revenueCode, ...units)
  if (line.serviceFrom && line.serviceFrom === line.serviceTo) to.line('DTM', '472', digits(line.serviceFrom))
  else {
    if (line.serviceFrom) to.line('DTM', '150', digits(line.serviceFrom))
    if (line.serviceTo) to.line('DTM', '151', digits(line.serviceTo))
  }
  printAdjustments(line.adjustments, to)
  if (line.lineControlNumber) to.line('REF', '6R', line.lineControlNumber)
  if (line.allowed !== undefined) to.line('AMT', 'B6', dollars(line.allowed))
  for (const remark of line.remarks) to.line('LQ', 'HE', remark)
}

/** Neighbours of one group share a CAS, six at most. */
const printAdjustments = (adjustments: readonly AdviceAdjustment[], to: Printer): void => {
  for (let at = 0; at < adjustments.length; ) {
    const group = adjustments[at]?.group ?? ''
    const triples: (string | undefined)[] = []
    for (; at < adjustments.length && adjustments[at]?.group === group && triples.length < 18; at += 1) {
      const adjustment = adjustments[at]
      triples.push(adjustment?.carc, dollars(adjustment?.amount), adjustment?.quantity)
    }
    to.line('CAS', group, ...triples)
  }
}

/** Neighbours of one provider and period share a PLB, six pairs at most. */
const printProviderAdjustments = (advice: RemittanceAdvice, to: Printer): void => {
  const all = advice.providerAdjustments
  for (let at = 0; at < all.length; ) {
    const first = all[at]
    const pairs: (string | undefined)[] = []
    for (; at < all.length && pairs.length < 12; at += 1) {
      const adjustment = all[at]
      if (adjustment?.provider !== first?.provider || adjustment?.fiscalPeriodEnd !== first?.fiscalPeriodEnd) break
      pairs.push(to.pair(adjustment?.code ?? '', adjustment?.reference ?? ''), dollars(adjustment?.amount))
    }
    to.line('PLB', first?.provider, first?.fiscalPeriodEnd, ...pairs)
  }
}
