/**
 * The benchmark: compares this package with common alternatives, in Chromium over HTTP.
 *
 *     npm run bench                      everything, about 35 minutes
 *     npm run bench -- --quick           a part of it, under two minutes
 *     npm run bench -- --help
 *
 * Node does not run this TypeScript directly: the runner is bundled first, like the pages that it measures.
 */
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
// In a folder where the repository's packages are found, and nothing is linted or committed.
const folder = pathOf('../node_modules/.cache/bench')
const runner = `${folder}/runner.mjs`

await build({
  entryPoints: [pathOf('harness/main.ts')],
  outfile: runner,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
})
const { main } = await import(pathToFileURL(runner).href)
await main({ bench: dirname(pathOf('run.mjs')), folder, arguments: process.argv.slice(2) })
