import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { findBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'
import { serveFolder } from '../../scripts/serve-folder.mjs'
import { axeViolations } from './support/axe-violations.ts'
import { controlFaults, tabStops } from './support/control-faults.ts'
import { pagesOf, type BuiltPage } from './support/pages-of.ts'

/* Every page of the demo as static files under a sub-path, like a project site. */

const { root, path, directory } = inject('builtDemo')
const built = await pagesOf(directory)
/** The first story of each title. The others differ in their arguments. */
const stories = [
  ...new Map(
    built
      .filter(({ type }) => type === 'story')
      .reverse()
      .map((story) => [story.title, story]),
  ).values(),
]
const docs = built.filter(({ type }) => type === 'docs')
const texts = [...docs, ...stories.filter(({ title }) => title === 'Introduction')]

let files: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser
let page: Page

beforeAll(async () => {
  files = await serveFolder(root)
  browser = await chromium.launch({ ...(await findBrowser()), args: launchArgs })
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
})

afterAll(async () => {
  await browser.close()
  await files.close()
})

/** Long enough for a stream on a busy machine. */
const busy = { timeout: 20_000 }

type PageOptions = NonNullable<Parameters<Browser['newPage']>[0]>

/** Opens a page, and returns its console messages and failed requests. */
async function open({ id, type }: BuiltPage, query: string, options: PageOptions) {
  page = await browser.newPage(options)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  await page.goto(`${files.url}/${path}/iframe.html?id=${id}&viewMode=${type}&${query}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return complaints
}

test('there is a page for every story, and the docs', () => {
  expect(stories.length).toBeGreaterThan(15)
  expect(docs.length).toBeGreaterThan(7)
})

test.each(stories)(
  '$title, $name: streams automatically with a visible Stop, shows its code, and passes axe',
  async (story) => {
    const complaints = await open(story, 'globals=theme:dark', {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const status = page.getByRole('status').first()
    const stop = page.getByRole('button', { name: /^(Stop|Leave)/ }).first()
    await expect
      .poll(async () => `${await status.textContent()} ${await stop.isVisible()}`, busy)
      .toMatch(/^(?!Ready|idle).* true$/s)
    await expect.poll(() => page.locator('.chat-empty').count(), busy).toBe(0)
    expect(await axeViolations(page)).toEqual([])

    const inTabs = page.getByRole('tab', { name: 'Code' })
    const onDemand = page.locator('summary', { hasText: 'Code' }).first()
    const card = page.locator('.code-card')
    // The Introduction shows its code from the start.
    if ((await card.count()) === 0) await inTabs.or(onDemand).first().click()
    await card.getByRole('button', { name: 'Copy' }).click()
    await card.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/^import .* from 'use-streaming-completion/ms)
    const shown = await card.locator('code').first().textContent()
    expect(shown?.trim()).toBe(copied)
    expect(complaints).toEqual([])
  },
)

test.each(texts.flatMap((each) => ['light', 'dark'].map((theme) => ({ ...each, theme }))))(
  '$title in the $theme passes axe, with a copy button for each code',
  async ({ theme, ...each }) => {
    const complaints = await open(each, `globals=theme:${theme}`, { reducedMotion: 'reduce' })
    expect(await axeViolations(page)).toEqual([])
    const withoutButton = await page
      .locator('main pre:has(code)')
      .evaluateAll((all) =>
        all
          .filter((pre) => !pre.closest('.code-card')?.querySelector('.copy-button'))
          .map((pre) => pre.textContent),
      )
    expect(withoutButton).toEqual([])
    expect(complaints).toEqual([])
  },
)

test.each([...stories, ...docs])(
  '$title, $name: at 200 %, in forced colours, with reduced motion and by keyboard, everything is reachable',
  async (each) => {
    // A window of 1440 × 900 at 200 %.
    const complaints = await open(each, 'args=speed:20', {
      viewport: { width: 720, height: 450 },
      deviceScaleFactor: 2,
      forcedColors: 'active',
      reducedMotion: 'reduce',
    })
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    expect(await controlFaults(page)).toEqual([])

    const { reached, all } = await tabStops(page)
    expect(reached).toEqual(all)

    const start = page.getByRole('button', { name: /^(Start|Ask|Send|Run)/ }).first()
    if (each.type === 'story') {
      expect(await page.getByRole('status').first().textContent()).toMatch(/Ready|idle|^$/)
      if ((await start.count()) > 0 && (await start.isEnabled())) {
        await start.focus()
        await page.keyboard.press('Enter')
        await expect
          .poll(() => page.getByRole('status').first().textContent(), busy)
          .not.toMatch(/Ready|idle/)
        expect(await overflow()).toBeLessThanOrEqual(0)
        expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
      }
    }
    expect(complaints).toEqual([])
  },
)
