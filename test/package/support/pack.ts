import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { packInto } from '../../../scripts/package/pack-into.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that `npm publish` would publish, unpacked. */
    published: string
  }
}

/** Unpacks what `npm publish` would publish inside the project, where it finds its dependencies. */
export default async function pack(project: TestProject): Promise<() => Promise<void>> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const folder = await mkdtemp(join(root, 'node_modules/.published-'))
  const tarball = await packInto(folder)
  // Only its name, because tar on Windows treats the part before a colon as a host.
  await promisify(execFile)('tar', ['-xzf', tarball], { cwd: folder })
  project.provide('published', join(folder, 'package'))
  return () => rm(folder, { recursive: true })
}
