/**
 * Writes the sizes that size-limit measures: the hook's as a badge and into the comparison of the README,
 * and the size of each feature into docs/size.md. With --check it writes nothing, and fails if the badge is
 * out of date by more than a tenth of a kilobyte.
 *
 *     node scripts/size-badge.mjs [--check]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { version } from 'vite'
import { measureParts } from './size/measure-parts.mjs'
import { measureWithVite } from './size/measure-with-vite.mjs'

const root = new URL('..', import.meta.url)
const badge = new URL('docs/size.svg', root)
const json = execFileSync('npm', ['exec', '--', 'size-limit', '--json'], {
  cwd: fileURLToPath(root),
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const results = JSON.parse(json)
const hook = 'useStreamingCompletion'
const sizeOf = (name) => results.find((result) => result.name === name).size
const hookSize = sizeOf(hook)
const leanSize = sizeOf(`lean: ${hook} with openaiResponses`)
const feature = 'lean feature: '
const kilobytes = (size) => (size / 1000).toFixed(1)
const label = `${kilobytes(hookSize)} kB min + gzip`

if (process.argv.includes('--check')) {
  const drawn = Number(/>([\d.]+) kB min/.exec(readFileSync(badge, 'utf8'))?.[1])
  if (!(Math.abs(drawn - kilobytes(hookSize)) <= 0.15)) {
    console.error(
      `docs/size.svg says ${drawn} kB, but it is ${kilobytes(hookSize)} kB: npm run size:badge`,
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(badge, drawBadge())
  const readme = new URL('README.md', root)
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(
      /(\| size with dependencies, without React, min \+ gzip, kB +\|)( *[\d.]+)( \|)/,
      (_, before, cell, after) => before + kilobytes(hookSize).padStart(cell.length) + after,
    ),
  )
  writeFileSync(
    new URL('docs/size.md', root),
    await format(sizeTable(await measureParts(), await measureHooksInVite()), {
      parser: 'markdown',
      printWidth: 120,
    }),
  )
  console.log(label)
}

function drawBadge() {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="196" height="20" role="img" aria-label="hook: ${label}">
  <rect width="196" height="20" rx="3" fill="#0b6b5a"/>
  <path d="M3 0h37v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3d4642"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="7" y="14">hook</text>
    <text x="48" y="14">${label}</text>
  </g>
</svg>
`
}

/** The hook and the lean hooks. */
async function measureHooksInVite() {
  const limits = JSON.parse(readFileSync(new URL('.size-limit.json', root), 'utf8'))
  const hooks = limits.filter(({ name }) => name === hook || name.startsWith('lean: '))
  const measured = hooks.map(async ({ name, path, import: names }) => ({
    name,
    size: await measureWithVite(path, names),
  }))
  return Promise.all(measured)
}

function sizeTable(parts, inVite) {
  const naming = parts.find(({ part }) => part === 'Naming a foreign format')
  const isFeature = ({ name }) => name.startsWith(feature)
  const features = results.filter(isFeature).map(({ name, size }) => {
    return `| \`${name.slice(feature.length)}\` | ${kilobytes(size - leanSize)} |`
  })
  const rows = results
    .filter((result) => !isFeature(result))
    .map(({ name, size }) => {
      const isMore = name.startsWith(`${hook} `) || name.startsWith('useConversation ')
      return `| ${name} | ${kilobytes(size)} | ${isMore ? `+ ${kilobytes(Math.max(0, size - hookSize))}` : ''} |`
    })
  return `# Size

Kilobytes with all dependencies, without React, minified and gzipped, bundled by esbuild. Written by \`npm run size:badge\`.

![What each feature adds to the hook](sizes.svg)

| imports | kB | added to the hook |
| --- | ---: | ---: |
${rows.join('\n')}

## What the kilobytes are for

Each part of \`useStreamingCompletion\`, measured by leaving its files out of the bundle. The sum is less than the whole, because gzip shares text between parts.

| part | kB |
| --- | ---: |
${parts.map(({ part, size }) => `| ${part} | ${kilobytes(size)} |`).join('\n')}

## What can be left out

The lean entry leaves out detecting formats, all formats but one, \`retry\`, \`timeouts\`, the page's life cycle and every framing but server-sent events, and parses every event in full. [Features](formats.md#a-single-format) add them one by one:

| feature | kB |
| --- | ---: |
${features.join('\n')}

What remains are parts that every stream needs: output items and their channels, one format, server-sent events, the request and its errors, the outcome of a run, publishing, and the React bindings. Only the name of the detected format in the error about an unexpected format (${kilobytes(naming.size)} kB) could still be removed without making an outcome wrong. The rest is logic, not text: production messages are short, and the long explanations are shown in development only.

## Other minifiers

Sizes depend on the minifier too. Vite ${version} bundles the same imports with its own minifier:

| imports | kB |
| --- | ---: |
${inVite.map(({ name, size }) => `| ${name} | ${kilobytes(size)} |`).join('\n')}
`
}
