import type { Block, Page } from './blocks.ts'

// A page as HTML that stands alone: a language, one heading of the first level, table headers with their scope, black on
// white. No script, no picture, nothing loaded from elsewhere. Version 1 of the template: what it prints is kept by its
// hash, so a change is a version of its own beside this one.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

const style = [
  'body{font:16px/1.5 sans-serif;color:#111;background:#fff;max-width:50em;margin:2em auto;padding:0 1em}',
  'table{border-collapse:collapse;margin:1em 0;width:100%}',
  'caption{text-align:left;font-weight:bold;padding:.3em 0}',
  'th,td{text-align:left;padding:.3em .6em;border-bottom:1px solid #767676}',
  '.figure{text-align:right;font-variant-numeric:tabular-nums}',
  'dl{display:grid;grid-template-columns:max-content auto;gap:.2em 1em}',
  'dt{font-weight:bold}dd{margin:0}address{font-style:normal}',
  '.conspicuous{border:3px solid #111;padding:.5em 1em}',
].join('')

const row = (
  cells: readonly string[],
  figures: readonly boolean[],
  tag: 'th scope="col"' | 'td',
  first: string = tag,
): string =>
  `<tr>${cells
    .map((text, at) => {
      const open = at === 0 ? first : tag
      return `<${open}${figures[at] ? ' class="figure"' : ''}>${escaped(text)}</${open.split(' ', 1)[0]}>`
    })
    .join('')}</tr>`

const table = ({ caption, columns, rows, total }: Extract<Block, { kind: 'table' }>): readonly string[] => {
  const figures = columns.map((column) => column.figures === true)
  const heads = columns.map(({ title }) => title)
  return [
    `<table><caption>${escaped(caption)}</caption>`,
    `<thead>${row(heads, figures, 'th scope="col"')}</thead>`,
    '<tbody>',
    ...rows.map((cells) => row(cells, figures, 'td', 'th scope="row"')),
    '</tbody>',
    ...(total ? [`<tfoot>${row(total, figures, 'td', 'th scope="row"')}</tfoot>`] : []),
    '</table>',
  ]
}

const htmlOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'lines':
      return [`<address aria-label="${escaped(block.label)}">${block.lines.map(escaped).join('<br>')}</address>`]
    case 'heading':
      return [`<h2>${escaped(block.text)}</h2>`]
    case 'words':
      return [block.strong ? `<p><strong>${escaped(block.text)}</strong></p>` : `<p>${escaped(block.text)}</p>`]
    case 'facts':
      return [
        '<dl>',
        ...block.facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`),
        '</dl>',
      ]
    case 'table':
      return table(block)
    case 'list':
      return ['<ul>', ...block.items.map((item) => `<li>${escaped(item)}</li>`), '</ul>']
    case 'notice':
      return [
        `<section${block.language === undefined || block.language === 'en' ? '' : ` lang="${escaped(block.language)}"`}${block.conspicuous ? ' class="conspicuous"' : ''}><h3>${escaped(block.title)}</h3>`,
        `<p>${escaped(block.text)}</p></section>`,
      ]
  }
}

/** A page as HTML. */
export const htmlV1 = ({ title, blocks }: Page): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escaped(title)}</title><style>${style}</style></head>`,
    '<body><main>',
    `<h1>${escaped(title)}</h1>`,
    ...blocks.flatMap(htmlOf),
    '</main></body>',
    '</html>',
    '',
  ].join('\n')
