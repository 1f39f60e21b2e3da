import type { Moments } from '../book/requests.ts'

export interface MomentOptions {
  readonly asOf?: string
  readonly knownAt?: string
}

export const momentsOf = ({ asOf, knownAt }: MomentOptions): Moments => ({
  ...(asOf === undefined ? {} : { asOf }),
  ...(knownAt === undefined ? {} : { knownAt }),
})
