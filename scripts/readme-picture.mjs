/**
 * Makes the pictures of the README from the running demo, light and dark:
 *
 *     node scripts/readme-picture.mjs
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { stopGroup } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const port = 6017
const story = `http://localhost:${port}/iframe.html?id=stream-inspector--live&viewMode=docs`

const demo = spawn('npm', ['exec', '--', 'storybook', 'dev', '--ci', '--port', String(port)], {
  cwd: root,
  stdio: 'ignore',
  detached: true,
})
try {
  const reached = () =>
    fetch(story).then(
      (response) => response.ok,
      () => false,
    )
  for (let attempt = 0; attempt < 120 && !(await reached()); attempt++) await delay(500)
  const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
  for (const theme of ['light', 'dark']) {
    const viewport = { width: 1280, height: 660 }
    const page = await browser.newPage({ viewport, colorScheme: theme })
    await page.goto(story.replace('viewMode=docs', 'viewMode=story'))
    // The play function starts it; a while into the stream there is something to see.
    const events = page.locator('.inspector-facts dd').nth(3)
    await events.filter({ hasText: /^[2-9]\d\d$/ }).waitFor({ timeout: 60_000 })
    await page.screenshot({ path: join(root, 'docs', `inspector-${theme}.png`) })
    await page.close()
  }
  await browser.close()
} finally {
  stopGroup(demo)
}
