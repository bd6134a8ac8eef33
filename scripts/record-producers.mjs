/**
 * Records the streams of other libraries' servers: installs them into a temporary folder, with the Node
 * version that they need, runs them against a scripted provider on the loopback interface, and writes the
 * bytes that a browser would receive into test/fixtures/producers. CI only reads the recordings.
 *
 *     npm run record:producers [-- PART OF A NAME]
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const recordings = join(root, 'test/fixtures/producers')
const [only = ''] = process.argv.slice(2)

const work = mkdtempSync(join(tmpdir(), 'producers-'))
try {
  cpSync(join(root, 'scripts/producers'), work, { recursive: true })
  // The package `node` fetches its binary from the registry in a script of its own.
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'])
  const [out, node] = [join(work, 'out'), join(work, 'node_modules/node/bin/node')]
  mkdirSync(out)
  run(node, ['record.mjs', out, only])
  if (only === '') rmSync(recordings, { recursive: true, force: true })
  cpSync(out, recordings, { recursive: true })
  console.log(`${readdirSync(out).length} files written to test/fixtures/producers`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function run(command, args) {
  const options = { cwd: work, stdio: ['ignore', 'inherit', 'inherit'], timeout: 10 * 60_000 }
  // npm is a script on Windows, which only a shell starts.
  const { status } = spawnSync(command, args, { ...options, shell: command === 'npm' })
  if (status !== 0) throw new Error(`${command} failed.`)
}
