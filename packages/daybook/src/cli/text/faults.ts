/** A place of a command that is wrong, as the schemas say it. */
interface Fault {
  readonly path: string
  readonly message: string
}

/** The names that would do, by the alphabet: the one that was meant is found by its beginning. */
const listed = (names: string, between: string): string =>
  names.replaceAll(/['"]/g, '').split(between).sort().join(', ')

/** What schemas say, as a person would: each pattern with its words. */
const plain: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/received undefined$/, () => 'is missing'],
  [/^Too small: expected string to have >=1 characters$/, () => 'is empty'],
  [/^Too big: expected string to have <=(\d+) characters$/, ([, most]) => `is longer than ${most} characters`],
  [/^Invalid input: expected (\w+), received (\w+)$/, ([, wanted, given]) => `must be of type ${wanted}, not ${given}`],
  [/^Invalid discriminator value\. Expected (.*)$/, ([, names = '']) => `is none of ${listed(names, ' | ')}`],
  [/^Invalid option: expected one of (.*)$/, ([, names = '']) => `is none of ${listed(names, '|')}`],
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
