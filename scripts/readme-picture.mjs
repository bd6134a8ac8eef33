/**
 * Takes the pictures of the README, light and dark: a running stream, and a truncated one at its end.
 *
 *     node scripts/readme-picture.mjs [--no-build]
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { serveFolder } from './serve-folder.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
if (!process.argv.includes('--no-build')) {
  const { status } = spawnSync('npm', ['run', 'build:storybook', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('The stories could not be built.')
}

/** The inspector in the middle of a stream: there is something to see after 200 events. */
async function photographInspector(page, origin, path) {
  await page.setViewportSize({ width: 1280, height: 660 })
  await page.goto(`${origin}/iframe.html?id=stream-inspector--live&viewMode=story`)
  const events = page.locator('.inspector-facts dd').nth(3)
  await events.filter({ hasText: /^[2-9]\d\d$/ }).waitFor({ timeout: 60_000 })
  await page.screenshot({ path })
}

/** The race of the Introduction, once both hooks have seen the end of the cut stream. */
async function photographRace(page, origin, path) {
  await page.setViewportSize({ width: 1180, height: 900 })
  await page.goto(`${origin}/iframe.html?id=introduction--page&viewMode=story`)
  const race = page.locator('.race')
  await race.scrollIntoViewIfNeeded()
  await page.getByText('characters kept').waitFor({ timeout: 60_000 })
  await page.getByText('✓ finished').waitFor()
  const { x, y, width, height } = await race.boundingBox()
  const margin = 16
  await page.screenshot({
    path,
    fullPage: true,
    clip: {
      x: x - margin,
      y: y - margin + (await page.evaluate(() => scrollY)),
      width: width + 2 * margin,
      height: height + 2 * margin,
    },
  })
}

const server = await serveFolder(join(root, 'storybook-static'))
const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
try {
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme: theme, deviceScaleFactor: 1.25 })
    const fileOf = (name) => join(root, 'docs', `${name}-${theme}.png`)
    await photographInspector(page, server.url, fileOf('inspector'))
    await photographRace(page, server.url, fileOf('race'))
    await page.close()
  }
} finally {
  await browser.close()
  await server.close()
}
