import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openPage } from '../../scripts/browsers/open-page.mjs'
import { launchArgs } from '../../scripts/ensure-browser.mjs'
import { engineName, engineOfThisRun } from './support/engine.ts'
import { createRawTabs, type RawTab } from './support/raw-tab.ts'
import { serveSharedApp, wholeText } from './support/shared-app.ts'

const engine = await engineOfThisRun()

test.runIf(engine.kind === 'system' || engineName === 'chromium')(
  'frames show the answer that one of them reads, and another one goes on when that one is removed',
  async () => {
    const app = await serveSharedApp()
    const page = await openPage(engine, `${app.url}?frames`)
    onTestFinished(async () => {
      await page.close()
      app.close()
    })
    await vi.waitUntil(() => app.reports.length > 0, { timeout: 30_000 })
    expect(app.reports).toEqual([[wholeText, wholeText]])
    expect(app.log.slice(0, 2)).toEqual(['POST /responses', 'GET /responses/resp_1'])
    expect(app.log.filter((line) => line.startsWith('POST'))).toHaveLength(1)
  },
  60_000,
)

interface Shown {
  readonly status: string
  readonly text: string
  readonly kind?: string
  readonly abortReason?: unknown
}

interface TabWindow {
  readonly completion: {
    start: (input: string) => Promise<unknown>
    abort: () => void
  }
}

const shown = async (page: Page) => JSON.parse(await page.title()) as Shown

async function until(page: Page, holds: (state: Shown) => boolean, timeout = 15_000) {
  const deadline = performance.now() + timeout
  for (;;) {
    const state = await shown(page)
    if (holds(state)) return state
    if (performance.now() > deadline) throw new Error(`It shows ${JSON.stringify(state)}.`)
    await delay(20)
  }
}

const started = (page: Page) => until(page, ({ text }) => text !== '')
const complete = (page: Page) => until(page, ({ status }) => status === 'complete')

describe.runIf(engineName === 'chromium')('two tabs', { timeout: 30_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: engine.executablePath,
      // A process for each tab, as a crash takes all of a process with it; and the cache that users have.
      args: [...launchArgs, '--process-per-tab'],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
  }, 30_000)
  afterAll(() => browser.close())

  /** Two tabs, of which the first reads. */
  async function reading() {
    const app = await serveSharedApp()
    const context = await browser.newContext()
    onTestFinished(async () => {
      await context.close()
      app.close()
    })
    const [first, second] = [await openTab(context, app.url), await openTab(context, app.url)]
    await first.evaluate(() => {
      void (window as unknown as TabWindow).completion.start('Hi')
    })
    await Promise.all([started(first), started(second)])
    return { ...app, context, first, second }
  }

  async function openTab(context: BrowserContext, url: string) {
    const page = await context.newPage()
    await page.goto(url)
    return page
  }

  async function devtools(context: BrowserContext, page: Page) {
    return context.newCDPSession(page)
  }

  const both = ['POST /responses', 'GET /responses/resp_1']

  test('show the same answer, which is read once', async () => {
    const { first, second, log } = await reading()
    const [one, other] = await Promise.all([complete(first), complete(second)])
    expect(one).toMatchObject({ text: wholeText })
    expect(other).toEqual(one)
    expect(log).toEqual(['POST /responses'])
  })

  test('the other reads on when the first is closed', async () => {
    const { first, second, log } = await reading()
    const before = await shown(second)
    await first.close()
    const after = await until(second, ({ text }) => text.length > before.text.length, 2000)
    expect(after.text.startsWith(before.text)).toBe(true)
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('the other reads on when the first crashes', async () => {
    const { context, first, second, log } = await reading()
    const session = await devtools(context, first)
    const crashed = new Promise((resolve) => first.on('crash', resolve))
    session.send('Page.crash').catch(() => undefined)
    await crashed
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('a tab that was duplicated follows the one that reads', async () => {
    const { first, context, log } = await reading()
    const opened = context.waitForEvent('page')
    // It has the storage of the first, as a duplicate has.
    await first.evaluate(() => void window.open(location.href))
    const copy = await opened
    expect(await copy.evaluate(() => sessionStorage.getItem('answer'))).toContain('resp_1')
    expect(await complete(copy)).toMatchObject({ text: wholeText })
    expect(log).toEqual(['POST /responses'])
  })

  test('a tab that is reloaded while it reads follows the one that went on', async () => {
    const { first, second, log } = await reading()
    await first.reload()
    expect(await complete(first)).toMatchObject({ text: wholeText })
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('a stop in the other tab cancels the response on the server', async () => {
    const { first, second, log } = await reading()
    await second.evaluate(() => {
      ;(window as unknown as TabWindow).completion.abort()
    })
    const isAborted = ({ status }: Shown) => status === 'aborted'
    expect(await until(first, isAborted)).toMatchObject({ abortReason: 'abort' })
    expect(await until(second, isAborted)).toMatchObject({ abortReason: 'abort' })
    await vi.waitUntil(() => log.length > 1)
    expect(log).toEqual(['POST /responses', 'POST /responses/resp_1/cancel'])
  })

  describe('as users have them', () => {
    /** What a tab shows, whichever page it is on. */
    const shownIn = async (tab: RawTab) => {
      const title = await tab.evaluate('document.title')
      return typeof title === 'string' && title ? (JSON.parse(title) as Shown) : undefined
    }
    const inTab = (tab: RawTab, holds: (state: Shown) => boolean) =>
      vi.waitFor(
        async () => {
          const state = await shownIn(tab)
          if (!state || !holds(state)) throw new Error(`It shows ${JSON.stringify(state)}.`)
          return state
        },
        { timeout: 15_000, interval: 20 },
      )
    const isComplete = ({ status }: Shown) => status === 'complete'

    async function readingRaw() {
      const app = await serveSharedApp()
      const openRawTab = await createRawTabs(browser)
      const [first, second] = [await openRawTab(app.url), await openRawTab(app.url)]
      onTestFinished(async () => {
        await Promise.all([first.close(), second.close()])
        app.close()
      })
      for (const tab of [first, second]) {
        await inTab(tab, ({ status }) => status === 'idle')
        await tab.evaluate(
          `addEventListener('pageshow', (event) => { window.isRestored = event.persisted })
           document.addEventListener('freeze', () => { window.wasFrozen = true })`,
        )
      }
      await first.evaluate(`void completion.start('Hi')`)
      await Promise.all([first, second].map((tab) => inTab(tab, ({ text }) => text !== '')))
      return { ...app, first, second }
    }

    test('the other reads on when the first is frozen, which shows all of it once it is back', async () => {
      const { first, second, log } = await readingRaw()
      await first.send('Page.setWebLifecycleState', { state: 'frozen' })
      expect(await inTab(second, isComplete)).toMatchObject({ text: wholeText })
      expect(log).toEqual(both)
      await first.send('Page.setWebLifecycleState', { state: 'active' })
      expect(await inTab(first, isComplete)).toMatchObject({ text: wholeText })
      expect(await first.evaluate('window.wasFrozen')).toBe(true)
      expect(log.filter((line) => line.startsWith('POST'))).toHaveLength(1)
    })

    test('a tab that follows stays in the back/forward cache, and is up to date when it is back', async () => {
      const { first, second, log, url } = await readingRaw()
      await second.send('Page.navigate', { url: `${url}away` })
      await delay(400)
      await second.evaluate('history.back()')
      expect(await inTab(second, isComplete)).toMatchObject({ text: wholeText })
      expect(await second.evaluate('window.isRestored')).toBe(true)
      await inTab(first, isComplete)
      expect(log).toEqual(['POST /responses'])
    })

    test('the other reads on when the first goes into the back/forward cache', async () => {
      const { first, second, log, url } = await readingRaw()
      await first.send('Page.navigate', { url: `${url}away` })
      expect(await inTab(second, isComplete)).toMatchObject({ text: wholeText })
      expect(log).toEqual(both)
      await first.evaluate('history.back()')
      expect(await inTab(first, isComplete)).toMatchObject({ text: wholeText })
      expect(await first.evaluate('window.isRestored')).toBe(true)
      expect(log.filter((line) => line.startsWith('POST'))).toHaveLength(1)
    })
  })
})
