import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'

interface Measured {
  readonly status: string
  readonly length: number
  readonly blocks: number
  readonly groups: number
  readonly updates: number
  /** In bytes. */
  readonly retained: number
}

const run = promisify(execFile)
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// In a separate process, whose heap contains nothing else, and whose garbage collector can be called.
test('the state, blocks and groups of one megabyte retain at most three times its text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blocks-heap-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const core = join(folder, 'core.mjs')
  await build({
    entryPoints: [pathOf('../../src/core.ts')],
    outfile: core,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  const script = pathOf('support/measure-blocks-heap.mjs')
  const { stdout } = await run(process.execPath, ['--expose-gc', script, core])
  const measured = JSON.parse(stdout) as Measured
  expect(measured).toMatchObject({ status: 'complete', length: 1024 * 1024, groups: 105 })
  expect(measured.blocks).toBeGreaterThan(5000)
  // Each update could have retained the text of its time.
  expect(measured.updates).toBeGreaterThan(20)
  // One byte per character, because all of them are Latin-1.
  expect(measured.retained / measured.length).toBeLessThanOrEqual(3)
  // The blocks exist in addition to the text.
  expect(measured.retained / measured.length).toBeGreaterThan(1)
}, 60_000)
