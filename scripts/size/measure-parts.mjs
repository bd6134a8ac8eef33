/**
 * Measures the size of each part of the hook: the difference to a bundle in which the files of the part
 * export only what they import.
 */
import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A file belongs to the first part whose pattern matches. */
const parts = [
  ['Chat Completions and legacy Completions', /^formats\/chat\//],
  ['Responses API', /^formats\/responses\//],
  ['Detecting formats', /^formats\/(auto|resolve-format|plain-text)/],
  ['Naming a foreign format', /^formats\/recognise-format/],
  ['Errors as providers and proxies report them', /^(errors\/(api|http)|formats\/reported-error)/],
  ['What all formats share: usage, finish reasons, channels', /^formats\//],
  ['Messages of all other errors', /^errors\//],
  ['Output items, tool calls, approvals, choices', /^(completion|json)\//],
  ['Reading repeated events without parsing them', /^wire\/(event-frame|frame-reader)/],
  ['Server-sent events, and objects without fields', /^wire\/(server-sent|loose-lines|joined)/],
  [
    'Detecting and reading other framings',
    /^wire\/(any-|sniff-|newline-|text-framing|event-marks)/,
  ],
  ['Reading a body, in slices', /^(wire\/|publishing\/time-slice)/],
  ['Request, response body and headers', /^request\//],
  ['`retry`', /^run\/(retry|schedule-attempt)/],
  ['`timeouts`', /^run\/timeouts/],
  ['Pages that are left, frozen and restored', /^run\/(page-lifecycle|listen-until)/],
  ['One run: attempts, stages, limits, settling once', /^run\//],
  ['Controls and callbacks', /^client\//],
  ['Publishing once per frame or interval', /^publishing\//],
  ['React bindings', /^react\//],
]

/** @returns {Promise<{ part: string, size: number }[]>} in bytes, the largest first */
export async function measureParts() {
  const whole = await measure(() => false)
  const rows = []
  for (const [part] of parts) {
    rows.push({ part, size: whole - (await measure((file) => partOf(file) === part)) })
  }
  return rows.sort((a, b) => b.size - a.size)
}

function partOf(file) {
  return parts.find(([, pattern]) => pattern.test(file))?.[0]
}

/** @param {(file: string) => boolean} isLeftOut */
async function measure(isLeftOut) {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { useStreamingCompletion } from './src/index.ts'",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['react'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    plugins: [
      {
        name: 'leave-out',
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
            const file = relative(root, path).split(sep).slice(1).join('/')
            if (!isLeftOut(file)) return undefined
            return { contents: hollow(readFileSync(path, 'utf8')), loader: 'ts' }
          })
        },
      },
    ],
  })
  return gzipSync(outputFiles[0].contents, { level: 9 }).length
}

/** The imports and the exports of a file. The imported files stay in the bundle: they are other parts. */
function hollow(source) {
  const imports = source.match(/^import (?!type)[^;]*? from '[^']+'$/gm) ?? []
  const names = imports
    .flatMap((line) => /\{([^}]*)\}/s.exec(line)?.[1].split(',') ?? [])
    .map((name) => name.trim())
    .filter((name) => name && !name.startsWith('type '))
    .map((name) => name.split(' as ').at(-1))
  const exported = source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)
  return [
    ...imports,
    ...[...exported].map(([, name], at) => `export const ${name} = () => [${at ? '' : names}]`),
  ].join('\n')
}
