/** How often a test of torture kills: a few times in `npm test`, lest killing be forgotten; `npm run torture` says more. */
export const kills = Number(process.env['DAYBOOK_TEST_KILLS'] ?? 10)
if (!Number.isSafeInteger(kills) || kills < 1) throw new RangeError('DAYBOOK_TEST_KILLS must be a whole number above 0')
