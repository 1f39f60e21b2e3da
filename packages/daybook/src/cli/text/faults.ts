/** A place of a command that is wrong, as the schemas say it. */
interface Fault {
  readonly path: string
  readonly message: string
}

/** What schemas say, as a person would: each pattern with its words. */
const plain: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/received undefined$/, () => 'is missing'],
  [/^Too small: expected string to have >=1 characters$/, () => 'is empty'],
  [/^Invalid input: expected (\w+), received (\w+)$/, ([, wanted, given]) => `should be a ${wanted}, is a ${given}`],
  [
    /^Invalid discriminator value\. Expected (.*)$/,
    ([, names = '']) => `none of ${names.replaceAll("'", '').replaceAll(' | ', ', ')}`,
  ],
]

const inWords = (message: string): string => {
  for (const [pattern, words] of plain) {
    const match = pattern.exec(message)
    if (match) return words(match)
  }
  return message
}

/** Each place of a command that is wrong, for people: `on: is missing`. */
export const faultLines = (faults: readonly Fault[]): readonly string[] =>
  faults.map(({ path, message }) => (path === '' ? inWords(message) : `${path}: ${inWords(message)}`))
