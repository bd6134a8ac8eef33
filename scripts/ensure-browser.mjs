/**
 * The Chromium that the tests run in. As a module, it finds one and changes nothing. Run as a script, it
 * also installs one if there is none:
 *
 *     node scripts/ensure-browser.mjs
 *
 * Searched in this order:
 * 1. the file that the environment variable CHROMIUM_PATH names,
 * 2. Playwright's own download (PLAYWRIGHT_BROWSERS_PATH is honoured),
 * 3. Chromium or Chrome on the PATH or in the usual places of Linux, macOS and Windows.
 */
import { execFile } from 'node:child_process'
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import {
  canUseApt,
  installWithApt,
  installWithPlaywright,
  isRoot,
  linuxDistribution,
} from './install.mjs'

export const launchArgs = [
  // Chromium refuses to start its sandbox as root, as in most containers.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

function systemPaths() {
  const { env, platform } = process
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
    ])
  }
  if (platform === 'win32') {
    return [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Google/Chrome/Application/chrome.exe'),
      ])
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    commandNames.map((name) => join(folder, name)),
  )
}

function pathCandidates() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return commandNames.flatMap((name) => folders.map((folder) => join(folder, name + suffix)))
}

function isExecutableFile(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Distinguishes a browser from a stub that asks for a snap, and from one whose libraries are missing. */
function answersVersion(path) {
  // On Windows `chrome.exe --version` opens a window instead of answering.
  if (process.platform === 'win32') return true
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 15_000 }, (error, stdout) =>
      resolve(error === null && /chrom/i.test(stdout)),
    )
  })
}

async function works(path) {
  return isExecutableFile(path) && (await answersVersion(path))
}

export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (await works(named)) return { executablePath: named }
    throw new Error(
      `CHROMIUM_PATH is set to ${named}, which is not a working Chromium or Chrome. ` +
        'Set it to the full path of the browser itself, or unset it to search for one.',
    )
  }
  const candidates = [chromium.executablePath(), ...pathCandidates(), ...systemPaths()]
  for (const executablePath of new Set(candidates)) {
    if (await works(executablePath)) return { executablePath }
  }
  return undefined
}

function installers() {
  const withPlaywright = (...options) =>
    // The headless shell is a second download that nothing here uses.
    installWithPlaywright('chromium', '--no-shell', ...options)
  const downloads = [() => withPlaywright()]
  // Debian's package installs its libraries. Ubuntu's is a stub that asks for a snap.
  if (canUseApt()) return [() => installWithApt('chromium'), ...downloads]
  if (isRoot && linuxDistribution() === 'ubuntu') {
    return [() => withPlaywright('--with-deps'), ...downloads]
  }
  return downloads
}

async function installBrowser() {
  for (const install of installers()) {
    await install()
    const browser = await findBrowser()
    if (browser) return browser
  }
  throw new Error(
    [
      'The tests need Chromium or Chrome, and none could be found or installed. Do one of these:',
      '- install Chromium or Chrome with the package manager of your system;',
      '- with network access: npx playwright install --with-deps chromium',
      '- set CHROMIUM_PATH to the full path of an installed Chromium or Chrome.',
      'Then run the command again.',
    ].join('\n'),
  )
}

/** Finds a Chromium, or installs one. If both fail, rejects with instructions. */
export async function ensureBrowser() {
  const browser = await findBrowser()
  if (browser) return browser
  console.log('No Chromium or Chrome found: installing one for the tests.')
  return installBrowser()
}

async function main() {
  try {
    const { executablePath } = await ensureBrowser()
    console.log(`Browser for the tests: ${executablePath}`)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

const script = process.argv[1]
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) await main()
