/** Commands of this facet: zod schemas of what the desk may ask for. The wire contract of the command line and the API. */
export const creditCommands = [] as const
export type CreditCommand = never
