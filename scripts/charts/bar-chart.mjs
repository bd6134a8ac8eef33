/** Narrow, so that the words stay legible when a phone shrinks the chart to its width. */
const barWidth = 170
const valueWidth = 72
const lineHeight = 22
/** The width of a character of the labels, in pixels: wide enough for the widest of the fonts. */
const characterWidth = 7

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * Bars in panels, each with its own scale, as an SVG that follows the colour scheme.
 *
 * @param {string} description for people who do not see it
 * @param {readonly { title: string, bars: readonly { label: string, value: number, shown: string, ours?: boolean }[] }[]} panels
 */
export function barChart(description, panels) {
  const longest = panels.flatMap(({ bars }) => bars).map(({ label }) => label.length)
  const labelWidth = 10 + characterWidth * Math.max(...longest)
  const width = labelWidth + barWidth + valueWidth
  let y = 0
  const parts = panels.flatMap(({ title, bars }) => {
    y += 20
    const most = Math.max(...bars.map(({ value }) => value))
    const heading = `<text class="title" x="0" y="${y}">${escape(title)}</text>`
    y += 8
    const drawn = bars.map(({ label, value, shown, ours = false }) => {
      const length = Math.max(2, Math.round((barWidth * value) / most))
      const top = y
      y += lineHeight
      return `<g${ours ? ' class="ours"' : ''}><text x="${labelWidth - 10}" y="${top + 15}" text-anchor="end">${escape(label)}</text><rect x="${labelWidth}" y="${top + 3}" width="${length}" height="16" rx="3"/><text x="${labelWidth + length + 8}" y="${top + 15}">${escape(shown)}</text></g>`
    })
    y += 10
    return [heading, ...drawn]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escape(description).replaceAll('"', '&quot;')}">
<style>
text{font:13px system-ui,'Segoe UI','DejaVu Sans',sans-serif;fill:#56605a}
.title{font-weight:600;fill:#1a1f1c}
.ours text{font-weight:600;fill:#085647}
rect{fill:#aab3ad}
.ours rect{fill:#0b6b5a}
@media (prefers-color-scheme:dark){text{fill:#a4aea8}.title{fill:#e8ece9}.ours text{fill:#85dbc7}rect{fill:#58625b}.ours rect{fill:#62cdb5}}
</style>
${parts.join('\n')}
</svg>
`
}
