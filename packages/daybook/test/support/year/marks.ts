// What an answer tells, found in its text by what only one field set can have: names, numbers and addresses, procedure codes,
// what people wrote down. What is only an amount or a day is told of by nothing of the kind.

const marks: readonly (readonly [set: string, mark: RegExp])[] = [
  ['identity', /\b(?:Sample|Example|Muster|Nobody|Fixture|Placeholder|Specimen|Dummy)\b/],
  ['contact', /\d{3}555\d{4}|person\d+@example\.com|\d+ (?:Elm Street|Oak Avenue)/],
  ['clinical', /\b(?:99213|99214|80053)\b/],
  ['notes', /looked at the account|a letter came|not mine|why twice|what is this for|the chart has it/],
]

export const toldIn = (answer: unknown): readonly string[] => {
  const text = JSON.stringify(answer)
  return marks.flatMap(([set, mark]) => (mark.test(text) ? [set] : []))
}
