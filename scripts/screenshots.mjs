/**
 * Makes screenshots of every story, light and dark, on a desktop and on a phone, each after its play
 * function has run, and an index to look through them:
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

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const themes = ['light', 'dark']
/** How long a play function may take, in milliseconds; what is there then is photographed. */
const patience = 20_000

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
const stories = Object.values(entries).filter(({ title }) =>
  title.toLowerCase().includes(values.only.toLowerCase()),
)

/** In the page: notes when Storybook says that a story is finished, play function and all. */
function noteFinish() {
  const timer = setInterval(() => {
    const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__
    if (!channel) return
    clearInterval(timer)
    const finish = (how) => () => (globalThis.storyIs ??= how)
    channel.on('storyFinished', finish('finished'))
    channel.on('docsRendered', finish('finished'))
    for (const event of ['playFunctionThrewException', 'storyErrored', 'storyThrewException']) {
      channel.on(event, finish(event))
    }
  }, 1)
}

async function photograph(browser, origin, story, size, theme) {
  const page = await browser.newPage({ viewport: sizes[size], colorScheme: theme })
  await page.addInitScript(noteFinish)
  const mode = story.type === 'docs' ? 'docs' : 'story'
  const query = `id=${story.id}&viewMode=${mode}&globals=theme:${theme}&args=speed:4`
  await page.goto(`${origin}/iframe.html?${query}`)
  const how = await page
    .waitForFunction(() => globalThis.storyIs, undefined, { timeout: patience, polling: 50 })
    .then((handle) => handle.jsonValue())
    .catch(() => 'not finished in time')
  // Code is coloured once its highlighter has loaded, which nobody tells.
  if (mode === 'docs') await page.waitForTimeout(1500)
  const file = `${story.id}.${size}.${theme}.png`
  await page.screenshot({ path: join(values.out, file), fullPage: mode === 'docs' })
  await page.close()
  if (how !== 'finished') console.log(`${file}: ${how}`)
  return file
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
    rows.push({ story, files })
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
console.log(`${rows.length * 4} screenshots in ${values.out}`)
