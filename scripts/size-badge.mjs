/**
 * Draws the size of the hook, as size-limit measures it, for the README; with --check it fails where the
 * drawn one is out of date by more than a tenth of a kilobyte.
 *
 *     node scripts/size-badge.mjs [--check]
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = new URL('../docs/size.svg', import.meta.url)
const json = execFileSync('npm', ['exec', '--', 'size-limit', '--json'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const { size } = JSON.parse(json).find(({ name }) => name === 'useStreamingCompletion')
const kilobytes = (size / 1000).toFixed(1)
const label = `${kilobytes} kB min + gzip`

if (process.argv.includes('--check')) {
  const drawn = Number(/>([\d.]+) kB min/.exec(readFileSync(file, 'utf8'))?.[1])
  if (!(Math.abs(drawn - kilobytes) <= 0.15)) {
    console.error(`docs/size.svg says ${drawn} kB, but it is ${kilobytes} kB: npm run size:badge`)
    process.exitCode = 1
  }
} else {
  writeFileSync(
    file,
    `<svg xmlns="http://www.w3.org/2000/svg" width="196" height="20" role="img" aria-label="hook: ${label}">
  <rect width="196" height="20" rx="3" fill="#0b6b5a"/>
  <path d="M3 0h37v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3d4642"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="7" y="14">hook</text>
    <text x="48" y="14">${label}</text>
  </g>
</svg>
`,
  )
  console.log(label)
}
