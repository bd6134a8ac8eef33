import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { findBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'
import { serveFolder } from '../../scripts/serve-folder.mjs'
import { serveDemo } from '../../stories/server/serve-demo.ts'
import type { ServedDemo } from '../../stories/server/serve-demo.ts'

const built = inject('builtDemo')
let browser: Browser
let demo: ServedDemo
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  browser = await chromium.launch({ ...(await findBrowser()), args: launchArgs })
})

afterAll(async () => {
  await browser.close()
})

beforeEach(async () => {
  complaints.length = 0
  // Nothing then starts automatically: the test presses the buttons.
  page = await browser.newPage({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
})

afterEach(() => page.close())

/** Long enough for a stream on a busy machine. */
const busy = { timeout: 20_000 }

const storyUrl = (origin: string, id: string, args = '') =>
  `${origin}/iframe.html?id=${id}&viewMode=story${args && `&args=${args}`}`

/** The lengths of the text, frame by frame, until it has grown the given number of times. */
function watchGrowth(times: number): Promise<number[]> {
  return page.evaluate(async (enough) => {
    const lengths: number[] = []
    while (lengths.length < enough) {
      await new Promise(requestAnimationFrame)
      const { length } = document.querySelector('.answer-text')?.textContent ?? ''
      if (length > (lengths.at(-1) ?? 0)) lengths.push(length)
    }
    return lengths
  }, times)
}

const status = () => page.getByRole('status').textContent()
const text = () => page.getByTestId('text').textContent()

describe('served with a proxy', () => {
  beforeEach(async () => {
    demo = await serveDemo({ env: {}, directory: built.directory })
    await page.goto(storyUrl(demo.url, 'playground--default'))
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Plan three days in Kyoto')
  })

  afterEach(() => demo.close())

  test('shows the text as it grows, and an abort in the middle keeps it and reaches the upstream', async () => {
    await page.getByRole('button', { name: 'Start' }).click()
    const lengths = await watchGrowth(10)
    expect(lengths).toHaveLength(10)
    expect(await status()).toBe('Streaming')

    const abortedAt = performance.now()
    await page.getByRole('button', { name: 'Stop' }).click()
    const [seen] = demo.upstream!.requests
    await seen!.settled
    expect(performance.now() - abortedAt).toBeLessThan(1000)
    expect(seen).toMatchObject({ path: '/v1/responses', outcome: 'closed-by-client' })

    await expect.poll(status).toBe('Aborted')
    const kept = await text()
    expect(kept!.length).toBeGreaterThanOrEqual(lengths.at(-1)!)
    expect(kept).toContain('Plan three days in Kyoto')
    expect(complaints).toEqual([])
  })

  test('runs the last prompt again to its proper end, also through the other API', async () => {
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Explain emoji in one sentence')
    const complete = async (run: number) => {
      const outcome = () => demo.upstream!.requests[run]?.outcome
      await expect.poll(outcome, { timeout: 20_000 }).toBe('answered')
      await expect.poll(status).toBe('Complete')
    }
    await page.getByRole('button', { name: 'Start' }).click()
    await complete(0)
    await page.getByRole('radio', { name: 'Chat' }).check()
    await page.getByRole('button', { name: 'Start' }).click()
    await complete(1)
    await page.getByRole('button', { name: 'Retry' }).click()
    await complete(2)
    expect(await text()).toContain('Explain emoji')
    expect(demo.upstream!.requests.map(({ path }) => path)).toEqual([
      '/v1/responses',
      '/v1/chat/completions',
      '/v1/chat/completions',
    ])
    expect(complaints).toEqual([])
  })

  test('distinguishes a cut connection from an answer, and keeps the text', async () => {
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Cut the connection halfway')
    await page.getByRole('button', { name: 'Start' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toContain('network error')
    expect(await status()).toBe('Failed')
    expect((await text())!.length).toBeGreaterThan(20)
  })

  test('closes the upstream when the page is left in the middle of an answer', async () => {
    await page.getByRole('button', { name: 'Start' }).click()
    await watchGrowth(2)
    await page.goto('about:blank')
    await demo.upstream!.requests[0]!.settled
    expect(demo.upstream!.requests[0]!.outcome).toBe('closed-by-client')
  })
})

describe('served as plain files', () => {
  let files: Awaited<ReturnType<typeof serveFolder>>

  beforeEach(async () => {
    files = await serveFolder(built.directory)
  })

  afterEach(() => files.close())

  test('says that the model is scripted, streams, and keeps the text of an abort', async () => {
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.goto(storyUrl(files.url, 'playground--default', 'speed:4'))
    await page.getByText('simulated in this page').waitFor()
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Plan three days in Kyoto')
    await page.getByRole('button', { name: 'Start' }).click()
    expect(await watchGrowth(10)).toHaveLength(10)
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect.poll(status).toBe('Aborted')
    expect(await text()).toContain('Kyoto')

    await page.getByRole('radio', { name: 'Chat' }).check()
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Explain emoji in one sentence')
    await page.getByRole('button', { name: 'Start' }).click()
    await expect.poll(status, { timeout: 10_000 }).toBe('Complete')
    expect(await text()).toContain('Explain emoji')
    expect(requests.filter((path) => path.startsWith('/api'))).toEqual([])
    expect(complaints).toEqual([])
  })

  test.each([
    ['cut', 'network error', /Kyoto/],
    ['provider+error', 'api error', /Kyoto/],
    ['rate+limit', 'HTTP 429', undefined],
    ['login+page', 'protocol error', undefined],
  ])('shows the fault "%s" as a %s', async (fault, words, kept) => {
    await page.goto(storyUrl(files.url, 'playground--default', `speed:20;fault:${fault}`))
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Plan three days in Kyoto')
    await page.getByRole('button', { name: 'Start' }).click()
    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toContain(words)
    if (kept) expect(await text()).toMatch(kept)
    expect(complaints).toEqual([])
  })

  test('resumes a stream that is cut repeatedly, up to its whole text', async () => {
    await page.goto(storyUrl(files.url, 'resume-after-a-cut--default', 'speed:20'))
    await page.getByRole('button', { name: 'Start' }).click()
    await expect.poll(status, { timeout: 20_000 }).toBe('Complete')
    expect(await page.getByText(/Connection \d/).count()).toBeGreaterThanOrEqual(3)
    expect(complaints).toEqual([])
  })

  test('follows its stream again after the page was reloaded in the middle of it', async () => {
    await page.goto(storyUrl(files.url, 'resume-after-a-cut--default'))
    await page.getByRole('button', { name: 'Start' }).click()
    await expect.poll(async () => (await text())!.length, busy).toBeGreaterThan(300)
    const before = (await text())!.slice(0, 200)
    await page.getByRole('button', { name: 'Reload the page' }).click()
    await page.getByText('The page was reloaded').waitFor()
    await expect.poll(async () => (await text())!.length, busy).toBeGreaterThan(300)
    expect((await text())!.slice(0, 200)).toBe(before)
    expect(complaints).toEqual([])
  })

  test('the Playground is driven by the keyboard alone', async () => {
    await page.goto(storyUrl(files.url, 'playground--default', 'speed:4'))
    await page.getByRole('button', { name: 'Start' }).waitFor()
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement
        return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
      })
    const tabTo = async (name: RegExp, key = 'Tab') => {
      for (let step = 0; step < 40 && !name.test(await focused()); step++) {
        await page.keyboard.press(key)
      }
      expect(await focused()).toMatch(name)
    }
    await tabTo(/^Prompt$/)
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Plan three days in Kyoto')
    await page.keyboard.press('Enter')
    await watchGrowth(4)
    await page.keyboard.press('Escape')
    await expect.poll(status).toBe('Aborted')

    await tabTo(/^Retry$/)
    await page.keyboard.press('Enter')
    await expect.poll(status, { timeout: 15_000 }).toBe('Complete')
    await tabTo(/^Reasoning/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('region', { name: 'Reasoning' }).isVisible()).toBe(true)
    await tabTo(/^Answer text$/)
    const answer = page.getByRole('region', { name: 'Answer text' })
    const top = () => answer.evaluate((element) => element.scrollTop)
    await page.keyboard.press('Home')
    await expect.poll(top).toBe(0)
    await page.keyboard.press('End')
    await expect.poll(top).toBeGreaterThan(100)
    await tabTo(/^Model$/)
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('combobox').inputValue()).toBe('gpt-5.1')
  })

  test('opens the Introduction in Storybook, first in its sidebar', async () => {
    const failed: string[] = []
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(response.url())
    })
    await page.goto(`${files.url}/?path=/story/introduction--page`)
    await expect.poll(() => page.title(), busy).toBe('Introduction ⋅ use-streaming-completion')
    const first = page.locator('#storybook-explorer-tree [data-item-id]').first()
    expect(await first.getAttribute('data-item-id')).toBe('introduction--page')
    const frame = page.frameLocator('#storybook-preview-iframe')
    const running = frame.getByRole('region', { name: 'The example, running' })
    await expect.poll(() => running.getByRole('status').textContent(), busy).toBe('idle')
    expect(await page.locator('#landing').count()).toBe(0)
    expect(failed).toEqual([])
    expect(complaints).toEqual([])
  })

  test('starts nothing by itself for people who prefer reduced motion', async () => {
    await page.goto(`${files.url}/iframe.html?id=introduction--page&viewMode=story`)
    const running = page.getByRole('region', { name: 'The example, running' })
    await running.waitFor()
    await page.waitForTimeout(500)
    expect(await running.getByRole('status').textContent()).toBe('idle')
  })
})
