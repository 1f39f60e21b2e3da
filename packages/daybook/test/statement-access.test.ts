import { readdirSync, readFileSync } from 'node:fs'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'

// The printed statements as a screen reader meets them. jsdom lays nothing out, so what axe can tell by sight alone (contrast)
// is reckoned here from the colours of the style sheet, by WCAG 2 itself.

const folder = new URL('./statements/', import.meta.url)
const pages = readdirSync(folder).filter((name) => name.endsWith('.html'))
const page = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

/** Relative luminance of `#rgb` or `#rrggbb` (WCAG 2). */
const luminance = (colour: string): number => {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.slice(1).match(/../g)
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => {
    const share = Number.parseInt(pair, 16) / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe('a statement is read by everybody', () => {
  it('there are six of them', () => expect(pages).toHaveLength(6))

  it.each(pages)('%s: axe finds nothing against it', async (name) => {
    const { JSDOM } = await import('jsdom')
    const { window } = new JSDOM(page(name), { runScripts: 'outside-only' })
    window.eval(axe.source)
    const found = await (Reflect.get(window, 'axe') as typeof axe).run(window.document, {
      rules: { 'color-contrast': { enabled: false } },
    })
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    expect(found.passes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['document-title', 'html-has-lang', 'region', 'scope-attr-valid', 'th-has-data-cells']),
    )
  })

  it('axe finds what is wrong: a page without a language', async () => {
    const { JSDOM } = await import('jsdom')
    const broken = page('selfPay.html').replace(' lang="en"', '')
    const { window } = new JSDOM(broken, { runScripts: 'outside-only' })
    window.eval(axe.source)
    const found = await (Reflect.get(window, 'axe') as typeof axe).run(window.document, {
      rules: { 'color-contrast': { enabled: false } },
    })
    expect(found.violations.map(({ id }) => id)).toContain('html-has-lang')
  })

  it.each(pages)('%s: its words stand out from their ground, and every table names its rows and columns', (name) => {
    const html = page(name)
    const [, ink = '', ground = ''] = /color:(#[0-9a-f]+);background:(#[0-9a-f]+)/.exec(html) ?? []
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7)
    for (const table of html.split('<table>').slice(1)) {
      expect(table).toMatch(/^<caption>[^<]+<\/caption>/)
      expect(table).toContain('<th scope="col"')
      expect(table).toContain('<th scope="row"')
    }
  })
})
