import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openPage } from '../../scripts/browsers/open-page.mjs'
import { createChromiumTabs, type ChromiumTab } from './support/chromium-tabs.ts'
import { engineName, engineOfThisRun } from './support/engine.ts'
import { createFirefoxTabs } from './support/firefox-tabs.ts'
import { serveSharedApp, wholeText } from './support/shared-app.ts'
import type { Tab, TabBrowser } from './support/tab.ts'

const engine = await engineOfThisRun()
const isChromium = engineName === 'chromium'
const isFirefox = engineName === 'firefox'

test.runIf(engine.kind === 'system' || isChromium)(
  'frames show the answer that one of them reads, and another one continues when that one is removed',
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

/** The content of a tab, whichever page it is on. */
async function shown(tab: Tab): Promise<Shown | undefined> {
  const title = await tab.evaluate('document.title')
  try {
    return JSON.parse(String(title)) as Shown
  } catch {
    return undefined
  }
}

const until = (tab: Tab, holds: (state: Shown) => boolean) =>
  vi.waitFor(
    async () => {
      const state = await shown(tab)
      if (!state || !holds(state)) throw new Error(`It shows ${JSON.stringify(state)}.`)
      return state
    },
    { timeout: 15_000, interval: 20 },
  )

const started = (tab: Tab) => until(tab, ({ text }) => text !== '')
const complete = (tab: Tab) => until(tab, ({ status }) => status === 'complete')
const posts = (log: readonly string[]) => log.filter((line) => line.startsWith('POST'))

/** Playwright's build of Firefox can be driven only by Playwright. WebKitGTK can only open a page. */
const isDriven = isChromium || (isFirefox && engine.kind === 'system')

describe.runIf(isDriven)('two tabs', { timeout: 60_000 }, () => {
  let browser: TabBrowser

  beforeAll(async () => {
    browser = await (isChromium ? createChromiumTabs(engine) : createFirefoxTabs(engine))
  }, 60_000)
  afterAll(() => browser.close())

  /** Two tabs. The first reads an answer that stops in the middle until the app continues it. */
  async function reading() {
    const app = await serveSharedApp()
    app.holdInTheMiddle()
    const tabs: Tab[] = []
    onTestFinished(async () => {
      await Promise.all(tabs.map((tab) => tab.close().catch(() => undefined)))
      app.close()
    })
    async function open() {
      const tab = await browser.openTab(app.url)
      tabs.push(tab)
      await until(tab, ({ status }) => status === 'idle')
      await tab.evaluate(
        `addEventListener('pageshow', (event) => { window.isRestored = event.persisted })
         document.addEventListener('freeze', () => { window.wasFrozen = true })`,
      )
      return tab
    }
    const [first, second] = [await open(), await open()]
    await first.evaluate(`void completion.start('Hi')`)
    await Promise.all([started(first), started(second)])
    return { ...app, first, second, tabs }
  }

  async function leave(tab: Tab, url: string) {
    await tab.navigate(`${url}away`)
    const isAway = async () => (await tab.evaluate('location.pathname')) === '/away'
    await vi.waitUntil(isAway, { timeout: 10_000 })
  }

  const both = ['POST /responses', 'GET /responses/resp_1']
  /** Waits until a tab asks for the rest of the response. */
  const askedForTheRest = (log: readonly string[]) =>
    vi.waitFor(() => expect(log).toEqual(both), { timeout: 15_000, interval: 20 })

  test('show the same answer, which is read only once', async () => {
    const { first, second, log, goOn } = await reading()
    goOn()
    const [one, other] = await Promise.all([complete(first), complete(second)])
    expect(one).toMatchObject({ text: wholeText })
    expect(other).toEqual(one)
    expect(log).toEqual(['POST /responses'])
  })

  test('the other continues reading when the first is closed', async () => {
    const { first, second, log, goOn } = await reading()
    await first.close()
    await askedForTheRest(log)
    goOn()
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('the other continues reading when the first crashes', async () => {
    const { first, second, log, goOn } = await reading()
    await first.crash()
    await askedForTheRest(log)
    goOn()
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('the other continues reading when the first stops without an event; the first shows everything once it continues', async () => {
    const { first, second, log, goOn } = await reading()
    await first.halt()
    await askedForTheRest(log)
    goOn()
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
    await first.proceed()
    expect(await complete(first)).toMatchObject({ text: wholeText })
    expect(posts(log)).toHaveLength(1)
  })

  test('a tab that was duplicated follows the one that reads', async () => {
    const { first, tabs, log, goOn } = await reading()
    const copy = await first.duplicate()
    tabs.push(copy)
    await started(copy)
    goOn()
    expect(await copy.evaluate(`sessionStorage.getItem('answer')`)).toContain('resp_1')
    expect(await complete(copy)).toMatchObject({ text: wholeText })
    expect(log).toEqual(['POST /responses'])
  })

  test('a tab that is reloaded while it reads follows the one that continued', async () => {
    const { first, second, log, goOn } = await reading()
    await first.reload()
    await askedForTheRest(log)
    await started(first)
    goOn()
    expect(await complete(first)).toMatchObject({ text: wholeText })
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
  })

  test('a stop in the other tab cancels the response on the server', async () => {
    const { first, second, log } = await reading()
    await second.evaluate('completion.abort()')
    const isAborted = ({ status }: Shown) => status === 'aborted'
    expect(await until(first, isAborted)).toMatchObject({ abortReason: 'abort' })
    expect(await until(second, isAborted)).toMatchObject({ abortReason: 'abort' })
    await vi.waitUntil(() => log.length > 1, { timeout: 10_000 })
    expect(log).toEqual(['POST /responses', 'POST /responses/resp_1/cancel'])
  })

  test.runIf(isChromium)(
    'the other continues reading when the first is frozen; the first shows everything once it is back',
    async () => {
      const { first, second, log, goOn } = await reading()
      await (first as ChromiumTab).setLifecycleState('frozen')
      await askedForTheRest(log)
      goOn()
      expect(await complete(second)).toMatchObject({ text: wholeText })
      expect(log).toEqual(both)
      await (first as ChromiumTab).setLifecycleState('active')
      expect(await complete(first)).toMatchObject({ text: wholeText })
      expect(await first.evaluate('window.wasFrozen')).toBe(true)
      expect(posts(log)).toHaveLength(1)
    },
  )

  test.runIf(isFirefox)('are never frozen in Firefox, which has no event for it', async () => {
    const tab = await browser.openTab('about:blank')
    expect(await tab.evaluate(`'onfreeze' in document`)).toBe(false)
    await tab.close()
  })

  test('a tab that follows stays in the back/forward cache, and is up to date when it returns', async () => {
    const { first, second, log, url, goOn } = await reading()
    await leave(second, url)
    goOn()
    await delay(400)
    await second.evaluate('history.back()')
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(await second.evaluate('window.isRestored')).toBe(true)
    await complete(first)
    expect(log).toEqual(['POST /responses'])
  })

  test('a tab that leads stays in the back/forward cache while it does not read', async () => {
    const { first, second, url, goOn } = await reading()
    goOn()
    await Promise.all([first, second].map(complete))
    await leave(first, url)
    await delay(400)
    await first.evaluate('history.back()')
    expect(await complete(first)).toMatchObject({ text: wholeText })
    expect(await first.evaluate('window.isRestored')).toBe(true)
  })

  test('the other continues reading when the first is left; the first shows everything once it is back', async () => {
    const { first, second, log, url, goOn } = await reading()
    await leave(first, url)
    await askedForTheRest(log)
    goOn()
    expect(await complete(second)).toMatchObject({ text: wholeText })
    expect(log).toEqual(both)
    await first.evaluate('history.back()')
    expect(await complete(first)).toMatchObject({ text: wholeText })
    // Firefox keeps no page with an open stream.
    expect(await first.evaluate('window.isRestored')).toBe(isChromium ? true : undefined)
    expect(posts(log)).toHaveLength(1)
  })
})
