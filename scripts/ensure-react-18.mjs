/**
 * Installs React 18 for the tests that run with it, where it is not yet as the lockfile has it. It
 * stands in a folder of its own: beside React 19, npm would call the two react-doms a conflict.
 * Vitest calls it before those tests; it can be run by itself, too:
 *
 *     node scripts/ensure-react-18.mjs
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = new URL('../test/react-18/', import.meta.url)

/** The packages of a lockfile, or of npm's record of what it has installed, with their versions. */
function packagesIn(path) {
  try {
    const { packages } = JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
    const entries = Object.entries(packages).filter(([name]) => name !== '')
    return JSON.stringify(entries.map(([name, { version }]) => `${name}@${version}`).sort())
  } catch {
    return undefined
  }
}

export default function ensureReact18() {
  if (packagesIn('node_modules/.package-lock.json') === packagesIn('package-lock.json')) return
  // One string: npm is a script on Windows, which only a shell starts.
  const { status } = spawnSync('npm ci --ignore-scripts --no-audit --no-fund', {
    cwd: fileURLToPath(folder),
    stdio: 'inherit',
    shell: true,
  })
  if (status !== 0)
    throw new Error('React 18 could not be installed for the tests that run with it.')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureReact18()
