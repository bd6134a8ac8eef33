import { chromium, type Browser, type CDPSession, type Page } from 'playwright'
import { findBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'

/** A browser that is started again when a page hangs in it. */
export interface BenchBrowser {
  version(): Promise<string>
  /** A page of a renderer of its own, and a connection to its inspector. */
  openPage(): Promise<OpenPage>
  close(): Promise<void>
}

export interface OpenPage {
  page: Page
  inspector: CDPSession
  /** For a page that may be busy for ever: ends its browser if it does not answer. */
  close(): Promise<void>
}

export async function startBrowser(): Promise<BenchBrowser> {
  const found = await findBrowser()
  let browser: Browser | undefined

  async function running() {
    browser ??= await chromium.launch({ ...found, args: launchArgs })
    return browser
  }

  return {
    version: async () => (await running()).version(),
    async openPage() {
      const context = await (await running()).newContext({ viewport: { width: 1000, height: 800 } })
      const page = await context.newPage()
      const inspector = await context.newCDPSession(page)
      return {
        page,
        inspector,
        async close() {
          if (await settlesWithin(context.close(), 2000)) return
          const stuck = browser
          browser = undefined
          await stuck?.close()
        },
      }
    },
    async close() {
      await browser?.close()
    },
  }
}

/** Whether the promise is fulfilled in time. */
export async function settlesWithin(promise: Promise<unknown>, limit: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, limit, false)
  })
  const settled = promise.then(
    () => true,
    () => false,
  )
  const inTime = await Promise.race([settled, timeout])
  clearTimeout(timer)
  return inTime
}
