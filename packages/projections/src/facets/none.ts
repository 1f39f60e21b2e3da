/** Said of a facet that has nothing in a view, with the reason: nobody forgot it. */
export interface None {
  readonly none: string
}

/** Whether something stands there, or the reason why nothing does. */
export const isNone = (given: object): given is None => 'none' in given
