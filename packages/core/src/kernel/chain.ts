/** What happened to one thing, linked to what happened to it before: how a fold keeps what may be asked later. */
export interface Chained<Link> {
  readonly before: Link | undefined
}

/**
 * What a chain adds up to, from its first link on. Added up when it is asked, and kept by link, since a link never changes:
 * a longer chain begins where a shorter one has been asked.
 */
export const addedUp = <Link extends Chained<Link>, Sum>(
  nothing: Sum,
  add: (sum: Sum, link: Link) => Sum,
): ((last: Link | undefined) => Sum) => {
  const kept = new WeakMap<Link, { readonly sum: Sum }>()
  return (last) => {
    const added: Link[] = []
    let link = last
    while (link && !kept.has(link)) {
      added.push(link)
      link = link.before
    }
    const known = link && kept.get(link)
    const sum = added.reduceRight(add, known ? known.sum : nothing)
    if (last && added.length > 0) kept.set(last, { sum })
    return sum
  }
}
