// What a printed page is made of, before anybody knows whether it is text or HTML.

/** A column: its title, and whether it holds figures. */
export interface Column {
  readonly title: string
  readonly figures?: true
}

/** One thing on a page. */
export type Block =
  /** Lines that stand one below the other: an address. */
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly label: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'words'; readonly text: string; readonly strong?: true }
  /** Names and values: the number of the account, the day. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly string[])[]
      /** The last row, which the others add up to. */
      readonly total?: readonly string[]
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'notice'
      readonly title: string
      readonly text: string
      readonly conspicuous: boolean
      readonly language?: string
    }

/** A page: its title, and what stands on it. */
export interface Page {
  readonly title: string
  readonly blocks: readonly Block[]
}
