/** How often a payment plan asks for an instalment. Events keep it, rules count and divide by it. */
export const planIntervals = ['month', 'twoWeeks', 'week'] as const
/** One of them. */
export type PlanInterval = (typeof planIntervals)[number]
