import { describe, expect, it } from 'vitest'
import { codes, readAll } from './reading.ts'
import { interchange, remittance, remittanceSegments, submission } from './sample-remittance.ts'

const second = remittanceSegments.map((line) => line.replace(/^(ST\*835|SE\*52)\*0001/, '$1*0002'))

describe('the envelope of a file', () => {
  it.each([
    ['empty', ''],
    ['white space', ' \r\n\n'],
    ['a byte order mark', '\ufeff'],
  ])('%s: the problem is `empty`', async (_, text) => {
    expect(await readAll(text)).toMatchObject([
      { kind: 'envelope', problems: [{ code: 'empty', severity: 'error', where: { interchange: 1 } }] },
    ])
  })

  it.each([
    ['a letter', 'Dear Sir, please find attached'],
    ['JSON', '{"resourceType":"Bundle"}'],
    ['a zip file', 'PK\u0003\u0004\u0000\u0000'],
    ['EDIFACT', "UNA:+.? 'UNB+UNOA:1+A+B+260302:0900+1'"],
    ['a header and nothing after it', 'ISA*00'],
  ])('%s: the problem is `notX12`', async (_, text) => {
    const results = await readAll(text)
    expect(codes(results)).toEqual(['notX12'])
    expect(results[0]?.problems[0]?.doWhat).not.toBe('')
  })

  it('a wrong count of SE is a finding (B10), and the transaction is used', async () => {
    const results = await readAll(remittance.replace('SE*52*', 'SE*51*'))
    expect(results).toMatchObject([
      {
        kind: '835',
        document: { claims: { length: 5 } },
        problems: [
          {
            code: 'segmentCount',
            severity: 'finding',
            message: 'SE01 says 51 segments, the transaction has 52',
            where: { interchange: 1, group: '7', transaction: '0001', segment: 54, segmentId: 'SE' },
          },
        ],
      },
    ])
  })

  it.each([
    ['SE*52*0001', 'SE*52*0009', 'transactionControl'],
    ['GE*1*7', 'GE*2*7', 'groupControl'],
    ['GE*1*7', 'GE*1*8', 'groupControl'],
    ['GE*1*7~\n', '', 'groupNotClosed'],
    ['IEA*1*000000101', 'IEA*2*000000101', 'interchangeControl'],
    ['IEA*1*000000101', 'IEA*1*000000102', 'interchangeControl'],
    ['IEA*1*000000101~\n', '', 'interchangeNotClosed'],
    ['IEA*1', 'XYZ*1~\nIEA*1', 'strayedSegment'],
  ])('%s as “%s” is a finding, and the transaction is used', async (from, to, code) => {
    const results = await readAll(remittance.replace(from, to))
    expect(codes(results)).toEqual([code])
    expect(results.flatMap((result) => result.problems)).toMatchObject([{ severity: 'finding' }])
    expect(results[0]).toHaveProperty('document')
  })

  it('control numbers may be padded with zeros', async () => {
    expect(codes(await readAll(remittance.replace('IEA*1*000000101', 'IEA*1*101')))).toEqual([])
  })

  it('a transaction cut off in the middle can not be used; the ones before it can', async () => {
    const whole = interchange([remittanceSegments, second])
    const results = await readAll(whole.slice(0, whole.lastIndexOf('CLP*ACC-D*1*400') + 9))
    expect(results.map((result) => [result.kind, 'document' in result])).toEqual([
      ['835', true],
      ['835', false],
      ['envelope', false],
    ])
    expect(codes(results)).toEqual(['cutInSegment', 'transactionCut', 'groupNotClosed', 'interchangeNotClosed'])
    expect(results[1]?.problems[1]).toMatchObject({ severity: 'error', where: { transaction: '0002' } })
  })

  it.each([
    ['after ISA', 'GS*'],
    ['after GS', 'ST*'],
  ])('a file cut %s holds no transaction, and that is an error', async (_, at) => {
    const results = await readAll(remittance.slice(0, remittance.indexOf(at)))
    expect(results.flatMap(({ problems }) => problems)).toContainEqual(
      expect.objectContaining({ code: 'noTransaction', severity: 'error' }),
    )
  })

  it('an interchange of nothing but an acknowledgement is told, and does not hide the next one', async () => {
    const [isa = ''] = remittance.split('GS*', 1)
    const results = await readAll(`${isa}TA1*000000905*201102*1900*A*000~IEA*0*000000101~\n${remittance}`)
    expect(results.map(({ kind, problems }) => [kind, problems.map(({ code }) => code)])).toEqual([
      ['envelope', ['noTransaction']],
      ['835', []],
    ])
  })

  it('wherever a file is cut, no document is given that is not whole', async () => {
    for (let end = 0; end < remittance.length; end += 1) {
      const results = await readAll(remittance.slice(0, end))
      const whole = end >= remittance.indexOf('SE*52*0001') + 'SE*52*0001'.length - 3
      for (const result of results) if ('document' in result && !whole) throw new Error(`a document at ${end}`)
      if (end > 0) expect(codes(results).length).toBeGreaterThan(end >= remittance.length - 2 ? -1 : 0)
    }
  })

  it.each([
    ['another transaction', `${second.join('~\n')}~\n`],
    ['the end of the group', ''],
  ])('a transaction without SE, before %s, can not be used; the others can', async (_, after) => {
    const results = await readAll(remittance.replace('SE*52*0001~\n', after))
    expect(results[0]).not.toHaveProperty('document')
    expect(results[0]?.problems).toMatchObject([{ code: 'transactionCut', severity: 'error' }])
    expect(results.slice(1).filter((result) => 'document' in result)).toHaveLength(after ? 1 : 0)
  })

  it('a file cut in the middle and followed by another gives the other one whole', async () => {
    const results = await readAll(`${remittance.slice(0, remittance.indexOf('CLP*ACC-B') + 20)}\n${remittance}`)
    expect(results.filter((result) => 'document' in result)).toMatchObject([{ interchange: 2 }])
    expect(codes(results)).toContain('transactionCut')
  })

  it('a bad transaction does not hide the others', async () => {
    const bad = second.map((line) => line.replace('BPR*I*153.00', 'BPR*I*1e3'))
    const results = await readAll(interchange([remittanceSegments, bad, remittanceSegments]))
    expect(results.map((result) => 'document' in result)).toEqual([true, false, true])
  })

  it('a transaction set that is not read is named', async () => {
    const results = await readAll(`${submission.replace('ST*837*0001*005010X222A1', 'ST*277*0001')}${remittance}`)
    expect(results[0]).toMatchObject({
      kind: 'unsupported',
      transactionSet: '277',
      problems: [{ code: 'unsupportedTransaction', severity: 'error', where: { transaction: '0001' } }],
    })
    expect(results[1]).toHaveProperty('document')
  })

  it('another version is a finding', async () => {
    expect(codes(await readAll(remittance.replace('005010X221A1', '003051X026')))).toEqual(['unknownVersion'])
  })
})

describe('limits', () => {
  const codesWith = async (limits: object, text = remittance) => codes(await readAll(text, { limits }))

  it('of bytes: at the limit a file is read, one byte above it is refused', async () => {
    expect(await codesWith({ fileBytes: remittance.length })).toEqual([])
    expect(await codesWith({ fileBytes: remittance.length - 1 })).toEqual(['fileTooLarge'])
    const bytes = new TextEncoder().encode(remittance)
    expect(
      codes(await readAll([bytes.subarray(0, 900), bytes.subarray(900)], { limits: { fileBytes: 1_000 } })),
    ).toEqual(['fileTooLarge', 'transactionCut', 'groupNotClosed', 'interchangeNotClosed'])
  })

  it('of segments', async () => {
    expect(await codesWith({ segments: 56 })).toEqual([])
    expect((await codesWith({ segments: 55 }))[0]).toBe('tooManySegments')
  })

  it('trust-9 of transactions: as many as the limit are read, and those of a file that has one more', async () => {
    const set = remittance.slice(remittance.indexOf('ST*'), remittance.indexOf('GE*'))
    const three = remittance.replace('GE*1*', `${set}${set}GE*3*`)
    expect(await codesWith({ transactions: 3 }, three)).toEqual([])
    const results = await readAll(three, { limits: { transactions: 2 } })
    expect(results.filter((result) => 'document' in result)).toHaveLength(2)
    expect(codes(results)).toEqual(expect.arrayContaining(['tooManyTransactions']))
    expect(results.at(-1)).toMatchObject({ kind: 'envelope' })
  })

  it('of the length of a segment', async () => {
    expect(await codesWith({ segmentLength: 106 })).toEqual([])
    const long = remittance.replace('ORTHO', 'O'.repeat(2_000))
    const results = await readAll(long, { limits: { segmentLength: 1_000 } })
    expect(codes(results)).toContain('segmentTooLong')
    expect(results.some((result) => 'document' in result)).toBe(false)
  })

  it('of the elements of a segment', async () => {
    const wide = remittance.replace('DTM*050*20260215', `DTM*050${'*'.repeat(300)}`)
    const results = await readAll(wide)
    expect(results[0]?.problems).toMatchObject([{ code: 'tooManyElements', severity: 'error', where: { segment: 17 } }])
    expect(results[0]).not.toHaveProperty('document')
  })

  it('of the problems of a transaction: the rest are counted, an error is never left out', async () => {
    const many = remittance.replace('LX*1', `${'XYZ*1~'.repeat(500)}CAS*CO*45*1~LX*1`)
    const results = await readAll(many)
    expect(results[0]?.problems).toHaveLength(102)
    expect(results[0]?.problems.at(-1)?.code).toBe('problemsLeftOut')
    expect(results[0]).not.toHaveProperty('document')
  })

  it('a hostile megabyte is refused at once', async () => {
    for (const text of [
      `${remittance.slice(0, 106)}${'*'.repeat(2_000_000)}`,
      'ISA'.repeat(700_000),
      '\n'.repeat(2_000_000),
      `${remittance.slice(0, 106)}A${'\n'.repeat(1_000_000)}`,
      `${remittance.slice(0, 106)}A${'\nISA'.repeat(250_000)}`,
      `${remittance.slice(0, 106)}IEA*1*${'9'.repeat(1_000_000)}~`,
    ]) {
      const started = performance.now()
      expect(codes(await readAll(text)).length).toBeGreaterThan(0)
      expect(performance.now() - started).toBeLessThan(20_000)
    }
  })
})
