// @vitest-environment node
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { build as buildPackage } from 'tsup'
import { build as buildWithVite } from 'vite'
import { describe, expect, test, vi } from 'vitest'
import packaging from '../tsup.config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles one line of an app, as a bundler for production does. */
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
  // Files of which nothing is left after tree shaking cost nothing.
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

/** What the dialects share with each other and with the formats of an app. */
const shared =
  /^src\/formats\/(define-format|format-output|dialects\/(define-dialect|merge-known|stopped-early))\.ts$/

test('the hook brings no dialect, and nothing that only dialects need', async () => {
  const { inputs } = await bundle(hook)
  expect(inputs).toContain('src/react/use-streaming-completion.ts')
  expect(inputs.filter((path) => path.includes('/dialects/') || shared.test(path))).toEqual([])
})

test('what core is mostly used for brings none either', async () => {
  const { inputs } = await bundle(
    `export { createCompletion, readCompletion } from './src/core.ts'`,
  )
  expect(inputs.filter((path) => path.includes('/dialects/') || shared.test(path))).toEqual([])
})

test.each(dialects)('%s adds its own file, and no other dialect', async (name, file) => {
  const alone = await bundle(hook)
  const both = await bundle(`${hook}\nexport { ${name} } from './src/core.ts'`)
  const added = both.inputs.filter((path) => !alone.inputs.includes(path))
  expect(added).toContain(`src/formats/dialects/${file}.ts`)
  expect(added.filter((path) => !shared.test(path))).toEqual([`src/formats/dialects/${file}.ts`])
  // A dialect is small: a table and a switch.
  expect(both.bytes - alone.bytes).toBeLessThan(6500)
})

test('core brings no React', async () => {
  const { inputs, code } = await bundle(`export * from './src/core.ts'`)
  expect(inputs.filter((path) => path.startsWith('src/react/'))).toEqual([])
  expect(code).not.toMatch(/["']react["']/)
})

describe('the advice of development', () => {
  /** Something of every piece of it. */
  const words = [
    'use-streaming-completion: ',
    'arrived at once',
    'has no content type',
    "a provider's secret key",
    'renderWithHooks',
    'there was nothing in it',
    'A gateway reads',
    'console.',
  ]
  const app = `
    import { useStreamingCompletion } from './index.js'
    import { readCompletion } from './core.js'
    globalThis.app = { useStreamingCompletion, readCompletion }
  `

  /** The package as it is published, without types. */
  async function published() {
    // Inside the project: its dependency is to be found.
    const outDir = await mkdtemp(join(root, 'node_modules', '.bundle-'))
    const {
      dts: _,
      sourcemap: __,
      ...config
    } = packaging as Exclude<typeof packaging, unknown[] | ((...args: never[]) => unknown)>
    await buildPackage({ ...config, config: false, outDir, silent: true })
    return outDir
  }

  async function withEsbuild(folder: string, isProduction: boolean) {
    const { outputFiles } = await build({
      stdin: { contents: app, resolveDir: folder, sourcefile: 'app.js' },
      bundle: true,
      // What minifying alone would decide by itself is said here, as bundlers for apps do.
      minify: isProduction,
      define: { 'process.env.NODE_ENV': isProduction ? '"production"' : '"development"' },
      external: ['react'],
      format: 'esm',
      write: false,
    })
    return outputFiles[0]!.text
  }

  async function withVite(folder: string, isProduction: boolean) {
    const entry = join(folder, 'index.js')
    const result = await buildWithVite({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      mode: isProduction ? 'production' : 'development',
      define: { 'process.env.NODE_ENV': isProduction ? '"production"' : '"development"' },
      build: {
        write: false,
        lib: { entry, formats: ['es'] },
        rolldownOptions: { external: ['react'] },
      },
    })
    const [output] = Array.isArray(result) ? result : [result]
    if (!('output' in output)) throw new Error('Vite built nothing')
    return output.output.map((file) => ('code' in file ? file.code : '')).join('\n')
  }

  test('is in no production bundle of an app, and in every one of development', async () => {
    const folder = await published()
    try {
      for (const bundleApp of [withEsbuild, withVite]) {
        const production = await bundleApp(folder, true)
        expect(production).toContain('text/event-stream')
        expect(words.filter((word) => production.includes(word))).toEqual([])
        const development = await bundleApp(folder, false)
        expect(words.filter((word) => !development.includes(word))).toEqual([])
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  }, 60_000)

  test('stops nothing on a page that has no process', async () => {
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
})
