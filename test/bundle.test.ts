// @vitest-environment node
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, test, vi } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles one line of an app for production. */
async function bundle(line: string): Promise<{ inputs: string[]; bytes: number; code: string }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: line, resolveDir: root, sourcefile: 'app.ts', loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['react'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const [file] = outputFiles
  // Files that tree shaking removed completely cost nothing.
  const inputs = Object.entries(output?.inputs ?? {})
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path !== 'app.ts')
    .map(([path]) => path)
  return { inputs: inputs.sort(), bytes: file!.contents.length, code: file!.text }
}

const hook = `export { useStreamingCompletion } from './src/index.ts'`
const dialects = [
  ['aiSdkUi', 'ai-sdk-ui'],
  ['agUi', 'ag-ui'],
  ['anthropicMessages', 'anthropic-messages'],
  ['gemini', 'gemini'],
  ['ollama', 'ollama'],
] as const

/** The files that dialects share with each other and with custom formats. */
const shared =
  /^src\/formats\/(define-format|format-output|dialects\/(camel-case|define-dialect|merge-known|sum-of))\.ts$/

test("the hook's bundle has no dialect, and no code that only dialects need", async () => {
  const { inputs } = await bundle(hook)
  expect(inputs).toContain('src/react/use-streaming-completion.ts')
  expect(inputs.filter((path) => path.includes('/dialects/') || shared.test(path))).toEqual([])
})

test("the lean hook's bundle has only the imported format, and no detection", async () => {
  const bring = (name: string) =>
    bundle(`export { useStreamingCompletion, ${name} } from './src/lean.ts'`)
  const responses = await bring('openaiResponses')
  const others = /^src\/formats\/(chat\/|auto|plain-text|resolve-format)/
  expect(responses.inputs).toContain('src/formats/responses/openai-responses.ts')
  expect(responses.inputs.filter((path) => others.test(path))).toEqual([])
  const chat = await bring('openaiChat')
  expect(chat.inputs).toContain('src/formats/chat/openai-chat.ts')
  expect(chat.inputs.filter((path) => /openai-responses|responses-events/.test(path))).toEqual([])
})

test("the lean hook's bundle has a feature only if it is imported", async () => {
  const lean = `export { useStreamingCompletion, openaiResponses } from './src/lean.ts'`
  const features = {
    withRetry: ['run/retry', 'run/schedule-attempt'],
    withTimeouts: ['run/timeouts'],
    withPageLifecycle: ['run/page-lifecycle'],
    withAnyFraming: ['wire/sniff-framing'],
    withFastReading: ['wire/frame-reader'],
  }
  const files = Object.values(features).flat()
  const alone = await bundle(lean)
  for (const [feature, own] of Object.entries(features)) {
    const { inputs } = await bundle(`${lean}\nexport { ${feature} } from './src/lean.ts'`)
    expect(files.filter((file) => inputs.includes(`src/${file}.ts`))).toEqual(own)
  }
  expect(files.filter((file) => alone.inputs.includes(`src/${file}.ts`))).toEqual([])
})

test('the most used exports of core include no dialect either', async () => {
  const { inputs } = await bundle(
    `export { createCompletion, readCompletion } from './src/core.ts'`,
  )
  expect(inputs.filter((path) => path.includes('/dialects/') || shared.test(path))).toEqual([])
})

test.each(dialects)('%s adds its own file and no other dialect', async (name, file) => {
  const alone = await bundle(hook)
  const both = await bundle(`${hook}\nexport { ${name} } from './src/core.ts'`)
  const added = both.inputs.filter((path) => !alone.inputs.includes(path))
  expect(added).toContain(`src/formats/dialects/${file}.ts`)
  const own = new RegExp(`^src/formats/dialects/${file}(-[a-z]+)?\\.ts$`)
  expect(added.filter((path) => !shared.test(path) && !own.test(path))).toEqual([])
  // A dialect is small: a table and a switch.
  expect(both.bytes - alone.bytes).toBeLessThan(8500)
})

test('core does not include React', async () => {
  const { inputs, code } = await bundle(`export * from './src/core.ts'`)
  expect(inputs.filter((path) => path.startsWith('src/react/'))).toEqual([])
  expect(code).not.toMatch(/["']react["']/)
})

test('development warnings do not fail on a page without process', async () => {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './src/core.ts'`, resolveDir: root },
    bundle: true,
    format: 'iife',
    globalName: 'core',
    define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
    write: false,
  })
  const warn = vi.fn()
  const page = { AbortController, DOMException, Headers, TextDecoder, queueMicrotask, setTimeout }
  const clear = { clearTimeout, performance, MessageChannel, console: { warn } }
  const result = runInNewContext(
    `${outputFiles[0]!.text}
    async function* stream() { yield 'data: : ping\\n\\ndata: [DONE]\\n\\n' }
    core.createCompletion({ source: stream }).start('Hi')`,
    { ...page, ...clear },
  ) as Promise<{ status: string }>
  expect((await result).status).toBe('complete')
  expect(warn).not.toHaveBeenCalled()
})
