/** Commands of this facet: zod schemas of what the desk may ask for. The wire contract of the command line and the API. */
export const planCommands = [] as const
export type PlanCommand = never
