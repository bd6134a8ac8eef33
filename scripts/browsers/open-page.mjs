/** Opens a page in a browser with a separate profile, without driving it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { launchArgs } from '../ensure-browser.mjs'
import { startFirefox } from './firefox.mjs'
import { start, startInProfile } from './start-in-profile.mjs'

const openers = {
  chromium(executablePath, url, profile) {
    const args = ['--headless', ...launchArgs, `--user-data-dir=${profile}`, url]
    return [start(executablePath, args, {})]
  },

  async firefox(executablePath, url, profile) {
    return [await startFirefox(executablePath, profile, [url])]
  },

  async webkit(executablePath, url, profile) {
    const display = await startDisplay()
    const browser = start(executablePath, [url], {
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      HOME: profile,
      XDG_RUNTIME_DIR: profile,
      // A virtual display has no graphics card.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
    })
    return [browser, display.process]
  },
}

/** Xvfb chooses a free display and prints its number. */
async function startDisplay() {
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    },
  )
  const failed = once(child, 'exit').then(() => {
    throw new Error('Xvfb ended before it had a display.')
  })
  failed.catch(() => undefined)
  const [number] = await Promise.race([once(child.stdio[3], 'data'), failed])
  return { name: `:${String(number).trim()}`, process: child }
}

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} url
 * @returns {Promise<{ close: () => Promise<void>, ended: Promise<never> }>} `ended` rejects if the
 *   browser ends before it is closed
 */
export function openPage({ name, executablePath }, url) {
  return startInProfile(name, (profile) => openers[name](executablePath, url, profile))
}
