/**
 * Where messages of PostgreSQL's protocol begin in what went one way, and where that ends
 * (PostgreSQL, "Message Formats"): a letter and a length each; the first that a client sends has no letter.
 */
export const messagesIn = (bytes: Buffer, isStart: boolean): readonly number[] => {
  const begins: number[] = []
  for (let at = 0; at < bytes.length; ) {
    begins.push(at)
    const letter = isStart && at === 0 ? 0 : 1
    at += letter + bytes.readInt32BE(at + letter)
  }
  return [...begins, bytes.length]
}

/** Between messages, one byte into each, and in the midst of each. */
export const stepsIn = (bytes: Buffer, isStart: boolean): readonly number[] => {
  const begins = messagesIn(bytes, isStart)
  const inside = begins.slice(0, -1).flatMap((at, n) => [at + 1, Math.floor((at + (begins[n + 1] ?? at)) / 2)])
  return [...new Set([...begins, ...inside])].sort((a, b) => a - b)
}
