/**
 * Firefox and WebKit for the tests: Playwright's own builds if they are installed, otherwise the
 * system's. Playwright cannot drive those, but a test page only has to be opened.
 *
 * FIREFOX_PATH and MINIBROWSER_PATH name other executables.
 */
import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { firefox, webkit } from 'playwright'
import { canUseApt, installWithApt, installWithPlaywright, isRoot } from '../install.mjs'

/**
 * @typedef {object} Engine
 * @property {'chromium' | 'firefox' | 'webkit'} name
 * @property {'playwright' | 'system'} kind who drives it
 * @property {string} executablePath
 */

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

function systemFirefoxes() {
  if (process.platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox']
  if (process.platform === 'win32') {
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']]
      .filter((folder) => folder !== undefined)
      .map((folder) => join(folder, 'Mozilla Firefox/firefox.exe'))
  }
  return onPath('firefox-esr', 'firefox')
}

/** WebKitGTK's MiniBrowser. It is not on the PATH, and needs a display. */
function systemWebKits() {
  if (process.platform !== 'linux' || !onPath('Xvfb').some(isExecutable)) return []
  return ['/usr/lib', ...foldersIn('/usr/lib'), '/usr/libexec']
    .flatMap((folder) => ['6.0', '4.1', '4.0'].map((version) => `${folder}/webkitgtk-${version}`))
    .flatMap((folder) => [folder, folder.replace('webkitgtk', 'webkit2gtk')])
    .map((folder) => join(folder, 'MiniBrowser'))
}

function foldersIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(folder, name))
}

const engines = {
  firefox: {
    type: firefox,
    named: () => process.env.FIREFOX_PATH,
    system: systemFirefoxes,
    packages: ['firefox-esr'],
    missing:
      'Neither Playwright’s Firefox (npx playwright install --with-deps firefox) nor one of the ' +
      'system (apt-get install firefox-esr; or set FIREFOX_PATH) was found.',
  },
  webkit: {
    type: webkit,
    named: () => process.env.MINIBROWSER_PATH,
    system: systemWebKits,
    packages: ['webkit2gtk-driver', 'xvfb'],
    missing:
      'Neither Playwright’s WebKit (npx playwright install --with-deps webkit) nor WebKitGTK’s ' +
      'MiniBrowser with a display to show it on (apt-get install webkit2gtk-driver xvfb; or set ' +
      'MINIBROWSER_PATH) was found.',
  },
}

/** @returns {Engine | undefined} */
export function findEngine(name) {
  const { type, named, system } = engines[name]
  const path = named()
  if (path) {
    if (isExecutable(path)) return { name, kind: 'system', executablePath: path }
    throw new Error(`${path} is set for ${name}, but cannot be run.`)
  }
  const own = type.executablePath()
  if (isExecutable(own)) return { name, kind: 'playwright', executablePath: own }
  const executablePath = system().find(isExecutable)
  return executablePath && { name, kind: 'system', executablePath }
}

/** Finds an engine, or installs it if it is missing. Returns `undefined` if that fails. */
export async function ensureEngine(name) {
  const installers = [
    ...(canUseApt() ? [() => installWithApt(...engines[name].packages)] : []),
    () => installWithPlaywright(name, ...(isRoot ? ['--with-deps'] : [])),
  ]
  for (const install of installers) {
    const engine = findEngine(name)
    if (engine) return engine
    console.log(`No ${name} found: installing one for the tests.`)
    await install()
  }
  return findEngine(name)
}

/** Instructions for an engine that is missing and could not be installed. */
export function howToGet(name) {
  return engines[name].missing
}
