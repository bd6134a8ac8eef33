/**
 * Checks what npm would publish, as it is packed: whether bundlers and Node find the entries, and
 * whether compilers find their types.
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
  // A CommonJS module that requires an ES module is what Node 20.19 and later are asked to do.
  spawnSync('npx', ['attw', tarball, '--ignore-rules', 'cjs-resolves-to-esm'], options),
]
if (results.some(({ status }) => status !== 0)) process.exitCode = 1
await rm(folder, { recursive: true })
