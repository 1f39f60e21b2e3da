/**
 * Whether an event closes its stream: its meta says `"closes":true` at the top. It stands inside the event's hash, so a
 * stream can not be closed, nor opened again, behind the back of who reads it.
 */
export const closesIn = (meta: string): boolean => {
  // Hardly any event does: most need no parsing.
  if (!meta.includes('"closes"')) return false
  try {
    const parsed: unknown = JSON.parse(meta)
    return typeof parsed === 'object' && parsed !== null && 'closes' in parsed && parsed.closes === true
  } catch {
    return false
  }
}
