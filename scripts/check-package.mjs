/**
 * Checks the packed package: whether bundlers and Node find the entries, and whether compilers find their
 * types.
 *
 *     node scripts/check-package.mjs
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packInto } from './package/pack-into.mjs'

const folder = await mkdtemp(join(tmpdir(), 'package-'))
const tarball = join(folder, await packInto(folder))
const options = { stdio: 'inherit', shell: process.platform === 'win32' }
const results = [
  spawnSync('npx', ['publint', 'run', tarball, '--strict'], options),
  // Node 20.19 and later can require an ES module from CommonJS, on purpose.
  spawnSync('npx', ['attw', tarball, '--ignore-rules', 'cjs-resolves-to-esm'], options),
]
if (results.some(({ status }) => status !== 0)) process.exitCode = 1
await rm(folder, { recursive: true })
