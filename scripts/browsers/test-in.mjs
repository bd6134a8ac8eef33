/** The `browser` settings of Vitest for an engine other than Chromium. */
import { playwright } from '@vitest/browser-playwright'
import { findEngine, howToGet } from './engines.mjs'
import { openPage } from './open-page.mjs'

export function testIn(name) {
  const engine = findEngine(name)
  if (!engine) throw new Error(howToGet(name))
  return {
    enabled: true,
    headless: true,
    provider: engine.kind === 'playwright' ? playwright() : systemBrowser(engine),
    instances: [{ browser: name }],
    screenshotFailures: false,
  }
}

/** Runs tests in a browser that can only open a page: no clicks, no screenshots. */
function systemBrowser(engine) {
  return {
    ...playwright(),
    name: 'system',
    providerFactory() {
      const pages = new Map()
      return {
        name: 'system',
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(session, url) {
          await pages.get(session)?.close()
          pages.set(session, await openPage(engine, url))
        },
        async close() {
          await Promise.all([...pages.values()].map((page) => page.close()))
        },
      }
    },
  }
}
