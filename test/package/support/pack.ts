import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { buildIfStale } from '../../../scripts/check-wire/build-if-stale.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that `npm publish` would publish, unpacked. */
    published: string
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const run = (command: string, args: string[], cwd = root) =>
  promisify(execFile)(command, args, { cwd, shell: process.platform === 'win32' })

/** Packs what `npm publish` would publish, and unpacks it inside the project, where it finds its dependencies. */
export default async function pack(project: TestProject): Promise<() => Promise<void>> {
  await buildIfStale(root, join(root, 'dist/index.d.ts'))
  const folder = await mkdtemp(join(root, 'node_modules/.published-'))
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder])
  const [tarball] = await readdir(folder)
  if (tarball === undefined) throw new Error('npm pack has packed nothing')
  // By relative paths: the tar of Windows takes what is before a colon for a host.
  await run('tar', ['-xzf', tarball], folder)
  project.provide('published', join(folder, 'package'))
  return () => rm(folder, { recursive: true })
}
