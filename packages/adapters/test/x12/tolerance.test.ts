import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codes, readAdvice, readAll } from './reading.ts'
import { interchange, remittance, remittanceSegments, submission } from './sample-remittance.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The text with other separators: `*` `:` `^` `~` become the given ones. */
const separated = (text: string, [element, component, repetition, segment]: readonly string[]): string =>
  text
    .replaceAll('~\n', '\u0000')
    .replaceAll('*', '\u0001')
    .replaceAll(':', component ?? '')
    .replaceAll('^', repetition ?? '')
    .replaceAll('\u0001', element ?? '')
    .replaceAll('\u0000', segment ?? '')

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const out = new Uint8Array(2 * text.length + 2)
  const view = new DataView(out.buffer)
  view.setUint16(0, 0xfeff, !bigEndian)
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at + 2, text.charCodeAt(at), !bigEndian)
  return out
}

async function* chunksOf(all: Uint8Array, ...cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield all.subarray(from, cut)
    from = Math.max(from, cut)
  }
  yield all.subarray(from)
}

describe('one document, however it is written', () => {
  it.each([
    ['no line breaks', remittance.replaceAll('\n', '')],
    ['CR LF after the terminator', remittance.replaceAll('\n', '\r\n')],
    ['indented segments and blank lines', remittance.replaceAll('\n', '\n\n  \t')],
    ['leading white space', `\n\n  ${remittance}`],
    ['no terminator at the end', remittance.trimEnd().slice(0, -1)],
    ['CR as the terminator', interchange([remittanceSegments], '\r')],
    ['LF as the terminator', interchange([remittanceSegments], '\n')],
    ['CR LF as the terminator', interchange([remittanceSegments], '\r\n')],
    ['other separators', separated(remittance, ['|', '>', '!', '\u001c'])],
    ['other separators and line breaks', separated(remittance, ['\u001d', '<', '&', "'\n"])],
    ['doubled terminators', remittance.replaceAll('~', '~~')],
  ])('%s', async (_, text) => {
    const results = await readAll(text)
    expect(codes(results)).toEqual([])
    expect(results).toHaveLength(1)
    expect(results[0]).toHaveProperty('document', await readAdvice(remittance))
  })

  it.each([
    ['UTF-8', bytes(remittance)],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${remittance}`)],
    ['text with a byte order mark', `\ufeff${remittance}`],
    ['UTF-16LE with a byte order mark', utf16(remittance, false)],
    ['UTF-16BE with a byte order mark', utf16(remittance, true)],
  ])('%s', async (_, source) => {
    expect(await readAll(source)).toEqual(await readAll(remittance))
  })

  it('an ISA without its padding is read by its elements', async () => {
    const text = remittance.replace(
      /^ISA[^~]*/,
      'ISA*00**00**ZZ*SAMPLEPAYER*ZZ*SAMPLECLINIC*260302*0900*^*00501*101*0*T*:',
    )
    for (const short of [text, text.replaceAll('\n', ''), separated(text, ['|', '>', '!', '\n'])]) {
      const results = await readAll(short)
      expect(codes(results)).toEqual(['irregularInterchangeHeader'])
      expect(results.find((result) => result.kind === '835')).toHaveProperty('document', await readAdvice(remittance))
    }
  })

  it('an ISA with too few elements ends where GS begins', async () => {
    const text = remittance.replace(/^ISA[^~]*/, 'ISA*00**00**ZZ*SAMPLEPAYER')
    expect(await readAdvice(text)).toEqual(await readAdvice(remittance))
  })

  it.each([
    ['only ST to SE', remittanceSegments.join('~\n')],
    ['only ST to SE, lines for segments', remittanceSegments.join('\n')],
    ['a group without an interchange', remittance.slice(remittance.indexOf('GS*'), remittance.indexOf('IEA'))],
  ])('without an envelope: %s', async (_, text) => {
    const results = await readAll(text)
    expect(codes(results)).toEqual(['noEnvelope'])
    const { claims } = await readAdvice(text)
    const whole = await readAdvice(remittance)
    expect(claims.map((claim) => ({ ...claim, segment: 0 }))).toEqual(
      whole.claims.map((claim) => ({ ...claim, segment: 0 })),
    )
  })

  it('several interchanges of a file, each with its own separators', async () => {
    const results = await readAll(remittance + separated(submission, ['|', '>', '!', '\u001c']) + remittance)
    expect(codes(results)).toEqual([])
    expect(results.map((result) => [result.interchange, result.kind])).toEqual([
      [1, '835'],
      [2, '837'],
      [3, '835'],
    ])
    expect(results[2]).toHaveProperty('document', await readAdvice(remittance))
    expect(results[1]).toHaveProperty('document', (await readAll(submission))[0]?.kind === '837' && expect.anything())
  })

  it('a line break inside a segment is wrapping, left out, and a finding', async () => {
    const results = await readAll(remittance.replace('SAMPLE ORTHO CLINIC*XX', 'SAMPLE ORTHO\n CLINIC*XX'))
    expect(codes(results)).toEqual(['lineBreakInSegment'])
    expect(results[0]).toMatchObject({ document: { payee: { name: 'SAMPLE ORTHO CLINIC' } } })
  })

  it('bytes that are no text are a finding', async () => {
    const latin = bytes(remittance.replace('DOE*JANE', 'DO?*JANE'))
    latin[latin.indexOf(0x3f)] = 0xc9
    const results = await readAll(latin)
    expect(codes(results)).toEqual(['undecodable'])
    expect(results[0]).toMatchObject({ document: { claims: { length: 5 } } })
  })
})

describe('what is read does not depend on how the bytes arrive', () => {
  const text = `\ufeff${remittance.replace('DOE*JANE', 'DOË*JÄNE')}${separated(submission, ['|', '>', '!', '\n'])}`
  const all = bytes(text)

  it('cut once, at every byte', async () => {
    const whole = await readAll(all)
    for (let cut = 0; cut <= all.length; cut += 1) expect(await readAll(chunksOf(all, cut))).toEqual(whole)
  })

  it('byte by byte', async () => {
    const single = Array.from(all, (byte) => Uint8Array.of(byte))
    expect(await readAll(single)).toEqual(await readAll(all))
  })

  it('cut anywhere, any number of times', async () => {
    const whole = await readAll(all)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(all.length), { maxLength: 40 }), async (cuts) => {
        expect(await readAll(chunksOf(all, ...cuts))).toEqual(whole)
      }),
      { numRuns: 200 },
    )
  })
})
