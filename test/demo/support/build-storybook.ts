import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Builds the static Storybook into a folder of its own. */
export async function buildStorybook(): Promise<{
  directory: string
  remove: () => Promise<void>
}> {
  const directory = await mkdtemp(join(tmpdir(), 'playground-'))
  const manifest = createRequire(import.meta.url).resolve('storybook/package.json')
  const cli = join(dirname(manifest), 'dist/bin/dispatcher.js')
  // As from a shell: what the test runner puts into the environment would change the build.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_ENV$|TEST$|DEV$|PROD$)/.test(name),
    ),
  )
  try {
    const args = [cli, 'build', '--quiet', '--output-dir', directory]
    await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`Storybook could not be built:\n${stdout ?? ''}${stderr ?? ''}`, {
      cause: error,
    })
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
