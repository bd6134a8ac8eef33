/** Opens a page in a browser with a profile of its own, and nothing to drive it by. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchArgs } from '../ensure-browser.mjs'
import { stopGroup } from '../install.mjs'

/** What would open pages of its own, ask the user, call home, or slow down a page that nobody sees. */
const firefoxPreferences = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.cache.disk.enable': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.tabs.unloadOnLowMemory': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': 'data:,',
  'trailhead.firstrun.didSeeAboutWelcome': true,
  'widget.windows.window_occlusion_tracking.enabled': false,
}

const openers = {
  chromium(executablePath, url, profile) {
    const args = ['--headless', ...launchArgs, `--user-data-dir=${profile}`, url]
    return [start(executablePath, args, {})]
  },

  async firefox(executablePath, url, profile) {
    const preferences = Object.entries(firefoxPreferences).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
    )
    await writeFile(join(profile, 'user.js'), preferences.join(''))
    const args = ['--headless', '--no-remote', '--new-instance', '--profile', profile, url]
    return [start(executablePath, args, { HOME: profile })]
  },

  async webkit(executablePath, url, profile) {
    const display = await startDisplay()
    const browser = start(executablePath, [url], {
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      HOME: profile,
      XDG_RUNTIME_DIR: profile,
      // There is no graphics card on a display that nobody sees.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
    })
    return [browser, display.process]
  },
}

/** Xvfb chooses a display that is free, and tells which. */
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

function start(executablePath, args, env) {
  return spawn(executablePath, args, {
    // Browsers talk a great deal about graphics cards and buses that a test machine has not.
    stdio: process.env.DEBUG_BROWSER ? 'inherit' : 'ignore',
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  })
}

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {string} url
 * @returns {Promise<{ close: () => Promise<void>, ended: Promise<never> }>} `ended` rejects if the
 *   browser ends before it is closed
 */
export async function openPage({ name, executablePath }, url) {
  const profile = await mkdtemp(join(tmpdir(), `page-in-${name}-`))
  const processes = await openers[name](executablePath, url, profile)
  const exits = processes.map((child) => once(child, 'exit'))
  const killAll = () => processes.forEach(kill)
  process.on('exit', killAll)
  const ended = exits[0].then(([code, signal]) => {
    throw new Error(`${executablePath} ended (${code ?? signal}).`)
  })
  ended.catch(() => undefined)
  return {
    ended,
    async close() {
      killAll()
      await Promise.allSettled(exits)
      process.off('exit', killAll)
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

function kill(child) {
  try {
    stopGroup(child)
  } catch {
    // It has ended by itself.
  }
}
