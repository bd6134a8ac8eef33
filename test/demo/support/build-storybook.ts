import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { minifyManager } from '../../../scripts/minify-manager.mjs'

const addLanding = fileURLToPath(new URL('../../../scripts/add-landing.mjs', import.meta.url))

declare module 'vitest' {
  export interface ProvidedContext {
    /** The static Storybook, in a subfolder, so that it can also be served under a path. */
    builtDemo: { root: string; path: string; directory: string }
  }
}

/** Builds the static Storybook into a separate folder for the duration of the tests. */
export default async function buildStorybook({
  provide,
}: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'playground-'))
  const path = 'some/path'
  const directory = join(root, path)
  const manifest = createRequire(import.meta.url).resolve('storybook/package.json')
  const cli = join(dirname(manifest), 'dist/bin/dispatcher.js')
  // As from a shell: the test runner's environment variables would change the build.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_ENV$|TEST$|DEV$|PROD$)/.test(name),
    ),
  )
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 })
  try {
    await run(cli, 'build', '--quiet', '--output-dir', directory)
    await minifyManager(directory)
    await run(addLanding, directory)
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`Storybook could not be built:\n${stdout ?? ''}${stderr ?? ''}`, {
      cause: error,
    })
  }
  provide('builtDemo', { root, path, directory })
  return () => rm(root, { recursive: true, force: true })
}
