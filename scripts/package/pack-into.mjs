import { execSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build-if-stale.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Packs what `npm publish` would publish into an empty folder, and builds it first if necessary.
 *
 * @param {string} folder
 * @returns {Promise<string>} the name of the tarball
 */
export async function packInto(folder) {
  await buildIfStale(root, join(root, 'dist/index.d.ts'))
  // The caller may run inside `npm publish --dry-run`, whose option would be inherited.
  const options = '--ignore-scripts --dry-run=false --loglevel=error'
  // One string: npm is a script on Windows, which only a shell starts.
  execSync(`npm pack ${options} --pack-destination "${folder}"`, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack created no tarball.')
  return tarball
}
