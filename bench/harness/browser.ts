import { findBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'
import { startDevtools, type Devtools, type Session } from './devtools.ts'

/** A browser that is started again when a page hangs in it. */
export interface BenchBrowser {
  version(): Promise<string>
  /** Opens a URL in a separate renderer process. */
  openPage(url: string): Promise<BenchPageHandle>
  close(): Promise<void>
}

export interface BenchPageHandle {
  inspector: Session
  /** The value of an expression, of a promise once it is fulfilled. */
  evaluate<Value>(expression: string): Promise<Value>
  /** Closes a page, or its browser if the page does not respond. */
  close(): Promise<void>
}

interface Evaluated {
  result: { value: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}

export async function startBrowser(): Promise<BenchBrowser> {
  const found = await findBrowser()
  if (!found) {
    throw new Error(
      'No Chromium or Chrome was found. `node scripts/ensure-browser.mjs` installs one.',
    )
  }
  const { executablePath } = found
  let devtools: Devtools | undefined

  async function running() {
    devtools ??= await startDevtools(executablePath, [...launchArgs, '--window-size=1000,900'])
    return devtools
  }

  return {
    async version() {
      const { browser } = await running()
      return (await browser.send<{ product: string }>('Browser.getVersion')).product
    },
    async openPage(url) {
      const { browser, session } = await running()
      const context = await browser.send<{ browserContextId: string }>(
        'Target.createBrowserContext',
      )
      const target = await browser.send<{ targetId: string }>('Target.createTarget', {
        url,
        ...context,
      })
      const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', {
        ...target,
        flatten: true,
      })
      const inspector = session(sessionId)
      return {
        inspector,
        async evaluate<Value>(expression: string) {
          const { result, exceptionDetails } = await inspector.send<Evaluated>('Runtime.evaluate', {
            expression,
            awaitPromise: true,
            returnByValue: true,
          })
          if (exceptionDetails) {
            const { text, exception } = exceptionDetails
            throw new Error(exception?.description ?? text)
          }
          return result.value as Value
        },
        async close() {
          const gone = browser
            .send('Target.closeTarget', target)
            .then(() => browser.send('Target.disposeBrowserContext', context))
          if (await settlesWithin(gone, 2000)) return
          const stuck = devtools
          devtools = undefined
          await stuck?.close()
        },
      }
    },
    async close() {
      await devtools?.close()
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
