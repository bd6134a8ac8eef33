import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Measured {
  readonly status: string
  readonly length: number
  /** In bytes. */
  readonly retained: number
}

const run = promisify(execFile)
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retained-heap-'))
  await build({
    entryPoints: [pathOf('../../src/core.ts')],
    outfile: join(folder, 'core.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
})

afterAll(() => rm(folder, { recursive: true }))

// In a separate process, whose heap contains nothing else, and whose garbage collector can be called.
test.each(['responses', 'chat'])(
  'an answer of one megabyte in tokens of four characters retains at most three times its text: %s',
  async (api) => {
    const script = pathOf('../support/measure-heap.mjs')
    const core = join(folder, 'core.mjs')
    const { stdout } = await run(process.execPath, ['--expose-gc', script, core, api])
    const { status, length, retained } = JSON.parse(stdout) as Measured
    expect({ status, length }).toEqual({ status: 'complete', length: 1024 * 1024 })
    // One byte per character, because all of them are Latin-1.
    expect(retained / length).toBeLessThanOrEqual(3)
    expect(retained / length).toBeGreaterThan(0.5)
  },
  60_000,
)
