import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { findBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'
import { serveFolder } from '../../scripts/serve-folder.mjs'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import { axeViolations } from './support/axe-violations.ts'
import { controlFaults, tabStops } from './support/control-faults.ts'
import { pagesOf } from './support/pages-of.ts'

/* The first page of the published demo: the Introduction, without Storybook around it. */

const { root, path, directory } = inject('builtDemo')
let files: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser
let page: Page
let requested: string[]
let complaints: string[]

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

async function open(options: Parameters<Browser['newPage']>[0], url = `${files.url}/${path}/`) {
  page = await browser.newPage(options)
  requested = []
  complaints = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  await page.goto(url)
}

/** The size of the page's JavaScript before compression, in bytes. */
const downloaded = () =>
  page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
  )

const example = () => page.getByRole('region', { name: 'The example, running' })

test('streams automatically and shows that only one hook reports the cut, without Storybook', async () => {
  await open({ viewport: { width: 1440, height: 900 } })
  expect(await page.title()).toMatch(/^use-streaming-completion/)
  await expect.poll(() => example().getByRole('status').textContent(), busy).toBe('complete')
  expect(await example().textContent()).toContain('It reads a model’s response')
  await expect
    .poll(() => page.locator('.lane-shown').allTextContents(), busy)
    .toEqual(['✕ truncated, 276 characters kept', '✓ finished'])
  expect(await page.locator('.figures li').count()).toBe(3)
  expect(requested.filter((url) => /sb-|iframe|\/api\//.test(url))).toEqual([])
  expect(await downloaded()).toBeLessThan(800_000)
  expect(complaints).toEqual([])
})

test('is readable before any script runs', async () => {
  await open({ javaScriptEnabled: false })
  await page.getByRole('heading', { level: 1, name: 'use-streaming-completion' }).waitFor()
  expect(await page.locator('.code-card .hljs-keyword').count()).toBeGreaterThan(3)
  expect(await page.locator('.figures li').count()).toBe(3)
})

test.each([390, 768, 1440])(
  'has no layout shift while it streams, %i pixels wide',
  async (width) => {
    await open({ viewport: { width, height: 900 } })
    const shift = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as unknown as { value: number }).value
          }).observe({ type: 'layout-shift', buffered: true })
          const isOver = () => document.querySelectorAll('.lane')[1]?.textContent.includes('✓')
          const timer = setInterval(() => {
            if (!isOver()) return
            clearInterval(timer)
            resolve(sum)
          }, 100)
        }),
    )
    expect(await shift).toBeLessThan(0.02)
  },
)

test('links to every page of Storybook in its order, and a link opens that page', async () => {
  await open({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const titles = [...new Set((await pagesOf(directory)).map(({ title }) => title))]
  const links = page.getByRole('navigation', { name: 'Pages' }).locator('li a')
  expect(await links.allTextContents()).toEqual(titles.map((title) => title.replace('Docs/', '')))
  await links.getByText('Chat', { exact: true }).click()
  await expect.poll(() => page.title(), busy).toBe('Chat - Default ⋅ use-streaming-completion')
  await page.goBack()
  await example().waitFor()
  expect(complaints).toEqual([])
})

test('uses the proxy, if there is one', async () => {
  const demo = await serveDemo({ env: {}, directory })
  try {
    await open({ reducedMotion: 'reduce' }, `${demo.url}/`)
    await page.getByText('OPENAI_API_KEY').waitFor()
    await example().getByRole('button', { name: 'Ask' }).click()
    await expect.poll(() => example().getByRole('status').textContent(), busy).toBe('complete')
    expect(demo.upstream!.requests).toHaveLength(1)
    expect(await page.locator('.code-card .hljs-keyword').count()).toBeGreaterThan(3)
    expect(complaints).toEqual([])
  } finally {
    await demo.close()
  }
})

test.each(['light', 'dark'] as const)('passes axe in the %s', async (colorScheme) => {
  await open({ colorScheme, reducedMotion: 'reduce' })
  await page.locator('.code-card .hljs-keyword').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('at 200 %, in forced colours and by keyboard, everything is reachable, including the list of pages', async () => {
  await open({
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
    forcedColors: 'active',
    reducedMotion: 'reduce',
  })
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  ).toBeLessThanOrEqual(0)
  expect(await controlFaults(page)).toEqual([])
  const { reached, all } = await tabStops(page)
  expect(reached).toEqual(all)

  await page.getByRole('button', { name: 'All pages' }).focus()
  await page.keyboard.press('Enter')
  const docs = page.getByRole('navigation', { name: 'Pages' }).getByText('Getting started')
  expect(await docs.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await docs.isVisible()).toBe(false)
})
