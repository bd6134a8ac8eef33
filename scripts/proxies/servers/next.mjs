import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'

const { PORT, UPSTREAM } = process.env
const cli = 'node_modules/next/dist/bin/next'
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }

mkdirSync('pages', { recursive: true })
writeFileSync('pages/unused.js', 'export default () => null\n')
writeFileSync(
  'next.config.mjs',
  `export default {
  rewrites: () => ({
    beforeFiles: [{ source: '/:path*', destination: 'http://127.0.0.1:${UPSTREAM}/:path*' }],
  }),
}
`,
)
const { status } = spawnSync(process.execPath, [cli, 'build'], { env, stdio: 'inherit' })
if (status !== 0) process.exit(1)
spawn(process.execPath, [cli, 'start', '-H', '127.0.0.1', '-p', PORT], { env, stdio: 'inherit' })
