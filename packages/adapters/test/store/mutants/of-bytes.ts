import { type Mutant, metas, reading, texts } from './mutant.ts'

/** What stores, drivers and columns do to texts. */
const changes: Readonly<Record<string, (text: string) => string>> = {
  'keeps JSON, not text': (text) => {
    try {
      return JSON.stringify(JSON.parse(text))
    } catch {
      return JSON.stringify(text)
    }
  },
  'keeps objects only': (text) => (text.startsWith('{') ? text : JSON.stringify({ value: text })),
  'sorts keys': (text) => {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null
        ? JSON.stringify(Object.fromEntries(Object.entries(value).sort()))
        : text
    } catch {
      return text
    }
  },
  'composes letters': (text) => text.normalize('NFC'),
  'decomposes letters': (text) => text.normalize('NFD'),
  'replaces letters by like ones': (text) => text.normalize('NFKC'),
  'trims texts': (text) => text.replaceAll('" ', '"').replaceAll(' "', '"'),
  'writes one kind of end of line': (text) => text.replaceAll(String.raw`\r\n`, String.raw`\n`),
  'cuts at NUL': (text) => text.split(String.raw`\u0000`, 1)[0] ?? '',
  'knows no code point beyond 65,535': (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
  'takes out marks of byte order': (text) => text.replaceAll('\ufeff', ''),
  'knows Latin letters only': (text) => text.replace(/[\u0100-\uffff]/g, '?'),
  'doubles quotes': (text) => text.replaceAll("'", "''"),
  'unescapes slashes': (text) => text.replaceAll(String.raw`\\`, '/'),
  'reads numbers in texts': (text) => text.replace(/"(\d{15,})"/, (_, digits: string) => String(Number(digits))),
  'reads instants in texts': (text) => text.replace(/"(\d{4}-\d\d-\d\dT[0-9:.]+)Z"/, '"$1+00:00"'),
  'reads objects in texts': (text) => text.replace(/\{\\"/g, '{"'),
  'puts in parameters': (text) => text.replaceAll('$1', '').replaceAll('%s', ''),
  'takes words for values': (text) => text.replace(/\bnull\b/, ''),
  'cuts at 8,000 letters': (text) => text.slice(0, 8_000),
  'writes small letters': (text) => text.toLowerCase(),
  'takes no text for nothing': (text) => text.replaceAll('"text":""', '"text":null'),
  'keeps 32 bits': (text) =>
    text.replace(/:(-?\d{6,})([,}])/g, (_, digits: string, end: string) => `:${Number(digits) | 0}${end}`),
  'keeps fractions of 24 bits': (text) =>
    text.replace(/:(-?\d{6,})([,}])/g, (_, digits: string, end: string) => `:${Math.fround(Number(digits))}${end}`),
  'takes 0 for nothing': (text) => text.replace(/:0([,}])/g, ':null$1'),
}

const ofFields = (
  ['id', 'type', 'schemaVersion', 'effectiveDate', 'recordedAt', 'actor', 'meta', 'prev', 'leaf'] as const
).map((field) =>
  reading('exact bytes', `changes ${field}`, (event) =>
    field in event
      ? { ...event, [field]: field === 'schemaVersion' ? 1 : `${String(Reflect.get(event, field))} ` }
      : event,
  ),
)

/** Bugs in keeping what was given, letter by letter. */
export const ofBytes: readonly Mutant[] = [
  ...Object.entries(changes).map(([fault, change]) => texts('exact bytes', fault, change)),
  ...[
    'keeps JSON, not text',
    'composes letters',
    'knows no code point beyond 65,535',
    'doubles quotes',
    'sorts keys',
  ].map((fault) => metas('exact bytes', `${fault}, in meta`, (text) => changes[fault]?.(text) ?? text)),
  ...ofFields,
]
