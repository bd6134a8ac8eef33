/** Starts Firefox in a profile that does not disturb tests. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { start } from './start-in-profile.mjs'

/** Turns off everything that opens pages, asks the user, contacts a server, or slows down an invisible page. */
const preferences = {
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

/**
 * @param {string} executablePath
 * @param {string} profile an empty folder
 * @param {string[]} args
 * @param {Record<string, string | number | boolean>} [morePreferences]
 */
export async function startFirefox(executablePath, profile, args, morePreferences) {
  const lines = Object.entries({ ...preferences, ...morePreferences }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  await writeFile(join(profile, 'user.js'), lines.join(''))
  const ownProfile = ['--headless', '--no-remote', '--new-instance', '--profile', profile]
  return start(executablePath, [...ownProfile, ...args], { HOME: profile })
}
