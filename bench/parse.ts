import { printRemittances, readX12 } from '@daybook/adapters/x12'
import { toDay } from '@daybook/core/kernel'
import { type Opened, perCpuSecond } from './measure.ts'
import { singlePayment } from './practice/single-payment.ts'

/** What any reader has to do at least: cut the text into segments and elements. */
const split = (bytes: Uint8Array): number => {
  let elements = 0
  for (const segment of new TextDecoder().decode(bytes).split('~')) elements += segment.split('*').length
  return elements
}

const readAll = async (bytes: Uint8Array, printed: number): Promise<void> => {
  let claims = 0
  for await (const read of readX12(bytes)) if (read.kind === '835') claims += read.document?.claims.length ?? 0
  if (claims !== printed) throw new RangeError(`${claims} claims read, ${printed} printed`)
}

export const open = (quick: boolean): Opened => {
  const claims = quick ? 100 : 3_000
  /** Readings of one figure, so that it takes long enough to be told from noise. */
  const times = 6
  const { advice } = singlePayment(5, claims)
  const text = printRemittances([advice], {
    sender: 'CLEARHOUSE',
    receiver: 'EXAMPLECLINIC',
    date: toDay('2026-11-20'),
    controlNumber: 1,
    usage: 'T',
  })
  const bytes = new TextEncoder().encode(text)
  const megabytes = (times * bytes.length) / 1_000_000
  return {
    benches: [
      {
        name: '835 parse',
        unit: 'MB/s of a core',
        limitIs: 'the same text, split into segments and elements',
        ours: () =>
          perCpuSecond(megabytes, async () => {
            for (let time = 0; time < times; time += 1) await readAll(bytes, claims)
          }),
        limit: () =>
          perCpuSecond(megabytes, () => {
            for (let time = 0; time < times; time += 1) split(bytes)
          }),
        bars: [{ of: 'measured', is: 'at least', value: 20 }],
      },
    ],
    close: () => {},
  }
}
