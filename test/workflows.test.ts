// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Workflow {
  permissions?: unknown
  jobs: Record<
    string,
    { 'timeout-minutes'?: number; steps: { uses?: string; run?: string; with?: object }[] }
  >
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const folder = '.github/workflows'

describe.each(readdirSync(join(root, folder)))('the workflow %s', (name) => {
  const text = read(join(folder, name))
  const workflow = parse(text) as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

  test('runs only scripts that there are', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script!)
    const all = Object.values(scripts).flatMap((script) =>
      [...script.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, each]) => each!),
    )
    expect([...named, ...all].filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
    expect(steps.some(({ run, with: inputs }) => run ?? inputs)).toBe(true)
  })

  test('names a version of every action, says what it may do, and ends some time', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
    expect(workflow.permissions).toBeDefined()
    for (const job of Object.values(workflow.jobs))
      expect(job['timeout-minutes']).toBeGreaterThan(0)
  })
})
