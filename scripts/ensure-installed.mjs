import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Installs the packages of a folder with its own package.json and lockfile, unless they already match the
 * lockfile. Install scripts of packages do not run.
 *
 * @param {URL} folder with a slash at its end
 * @param {string} purpose the purpose of the packages, for the error
 */
export function ensureInstalled(folder, purpose) {
  const installed = packagesIn(new URL('node_modules/.package-lock.json', folder))
  if (installed === packagesIn(new URL('package-lock.json', folder))) return
  // One string: npm is a script on Windows, which only a shell starts.
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
    cwd: fileURLToPath(folder),
    stdio: 'inherit',
    shell: true,
  })
  if (status !== 0) throw new Error(`npm ci failed: it installs ${purpose}.`)
}

/** The packages of a lockfile, or of npm's record of what it has installed, with their versions. */
function packagesIn(path) {
  try {
    const { packages } = JSON.parse(readFileSync(path, 'utf8'))
    // Optional packages are installed on some systems only.
    const entries = Object.entries(packages).filter(([name, { optional }]) => name && !optional)
    return JSON.stringify(entries.map(([name, { version }]) => `${name}@${version}`).sort())
  } catch {
    return undefined
  }
}
