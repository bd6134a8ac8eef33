/**
 * The colours of the manager, the docs pages and the stories, in the light and the
 * dark scheme. There is a single accent colour.
 */
export const tokens = {
  page: ['#f5f6f4', '#101311'],
  card: ['#ffffff', '#181c19'],
  well: ['#f8f9f7', '#131714'],
  ink: ['#1a1f1c', '#e8ece9'],
  'ink-quiet': ['#56605a', '#a4aea8'],
  line: ['#e1e5e1', '#2b322d'],
  'line-strong': ['#848e87', '#6c766f'],
  accent: ['#0b6b5a', '#62cdb5'],
  'accent-strong': ['#085647', '#85dbc7'],
  'on-accent': ['#ffffff', '#06241d'],
  'accent-soft': ['#e2f1ed', '#16302a'],
  danger: ['#a4302a', '#f49a91'],
  'danger-soft': ['#fbecea', '#331f1d'],
  warn: ['#755000', '#e5bb6d'],
  'warn-soft': ['#faf1dc', '#2e2718'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

export const fonts = {
  sans: "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif",
  mono: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'Noto Sans Mono', monospace",
} as const

/** The tokens as custom properties of CSS: `--accent`, `--sans` and so on. */
export function tokensAsCss(): string {
  const colours = Object.entries(tokens).map(
    ([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`,
  )
  const families = Object.entries(fonts).map(([name, family]) => `--${name}: ${family};`)
  return `:root { ${[...colours, ...families].join(' ')} }`
}
