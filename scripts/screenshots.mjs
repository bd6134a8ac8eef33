/**
 * Takes screenshots of every page, light and dark, at three widths, in the middle of its stream and at
 * the end, and writes an index to look through them:
 *
 *     node scripts/screenshots.mjs [--only TITLE] [--out FOLDER] [--no-build]
 */
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { serveFolder } from './serve-folder.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    out: { type: 'string', default: join(root, 'screenshots') },
    build: { type: 'boolean', default: true },
  },
  allowNegative: true,
})

const sizes = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
}
const themes = ['light', 'dark']
/** The time at which an automatically started stream is in its middle, in milliseconds after the page has loaded. */
const middle = 1500
/**
 * How long a page may stream before the last screenshot, in milliseconds. A megabyte takes minutes on a busy
 * machine.
 */
const patience = 300_000
/** The maximum height of a picture, in pixels. Chromium omits everything below about 16,000. */
const tallest = 8000

if (values.build) {
  const { status } = spawnSync('npm', ['run', 'build:storybook', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The stories could not be built.')
}
const directory = join(root, 'storybook-static')
const { entries } = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8'))
const stories = Object.values(entries).filter(
  ({ title, tags }) =>
    tags.includes('dev') && title.toLowerCase().includes(values.only.toLowerCase()),
)

/** In the page: whether nothing streams, and nothing has changed for a while. */
const isQuiet = async () => {
  const shown = () => document.body.innerText
  const before = shown()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  return document.querySelector('[aria-busy="true"]') === null && shown() === before
}

async function photograph(browser, origin, story, size, theme) {
  const page = await browser.newPage({ viewport: sizes[size], colorScheme: theme })
  const mode = story.type === 'docs' ? 'docs' : 'story'
  const query = `id=${story.id}&viewMode=${mode}&globals=theme:${theme}`
  await page.goto(`${origin}/iframe.html?${query}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: patience })
  const files = []
  const shoot = async (moment, options = {}) => {
    const file = `${story.id}.${size}.${theme}.${moment}.png`
    await page.screenshot({ path: join(values.out, file), ...options })
    files.push(file)
  }
  /** The whole page, in parts if it is tall: `end`, `end.2`, `end.3` and so on. */
  const shootAll = async (moment) => {
    const { width } = sizes[size]
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    for (let y = 0, part = 1; y < height; y += tallest, part += 1) {
      const clip = { x: 0, y, width, height: Math.min(tallest, height - y) }
      await shoot(part === 1 ? moment : `${moment}.${part}`, { fullPage: true, clip })
    }
  }
  await page.waitForTimeout(middle)
  await shoot('middle')
  // A demo starts when it comes into view.
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo(0, y)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    scrollTo(0, 0)
  })
  const deadline = Date.now() + patience
  let isDone = false
  while (!isDone && Date.now() < deadline) isDone = await page.evaluate(isQuiet)
  // Content outside the view would stay empty in a full-page screenshot.
  await page.addStyleTag({ content: '* { content-visibility: visible !important }' })
  await shootAll('end')
  await page.close()
  if (!isDone) console.log(`${story.id} at ${size}, ${theme}: not finished in time`)
  return files
}

await mkdir(values.out, { recursive: true })
if (values.only === '') await rm(values.out, { recursive: true })
await mkdir(values.out, { recursive: true })
const server = await serveFolder(directory)
const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
const rows = []
try {
  for (const story of stories) {
    const kinds = Object.keys(sizes).flatMap((size) => themes.map((theme) => [size, theme]))
    const files = await Promise.all(
      kinds.map(([size, theme]) => photograph(browser, server.url, story, size, theme)),
    )
    rows.push({ story, files: files.flat() })
  }
} finally {
  await browser.close()
  await server.close()
}

const sections = rows.map(
  ({ story, files }) =>
    `<h2>${story.title}: ${story.name}</h2>\n${files
      .map((file) => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`)
      .join('\n')}`,
)
const style =
  'body{font-family:sans-serif}img{height:24rem;margin:0 .5rem .5rem 0;border:1px solid}'
await writeFile(
  join(values.out, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Screenshots</title><style>${style}</style>\n${sections.join('\n')}\n`,
)
console.log(`${rows.flatMap(({ files }) => files).length} screenshots in ${values.out}`)
