import type { Follow } from '../follow.ts'

export const follow: Follow = () => []
