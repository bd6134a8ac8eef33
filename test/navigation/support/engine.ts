import { findEngine, howToGet } from '../../../scripts/browsers/engines.mjs'
import type { Engine } from '../../../scripts/browsers/open-page.mjs'
import { findBrowser } from '../../../scripts/ensure-browser.mjs'

/** The engine of this run, set by `scripts/test-browsers.mjs`. */
export const { TEST_BROWSER: engineName = 'chromium' } = process.env

export async function engineOfThisRun(): Promise<Engine> {
  if (engineName === 'firefox' || engineName === 'webkit') {
    const engine = findEngine(engineName)
    if (!engine) throw new Error(howToGet(engineName))
    return engine
  }
  const chromium = await findBrowser()
  if (!chromium) throw new Error('No Chromium was found.')
  return { name: 'chromium', kind: 'playwright', ...chromium }
}
