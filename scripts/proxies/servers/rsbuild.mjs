import { writeFileSync } from 'node:fs'
import { createRsbuild } from '@rsbuild/core'

const { PORT, UPSTREAM } = process.env

writeFileSync('entry.js', '')
const rsbuild = await createRsbuild({
  rsbuildConfig: {
    source: { entry: { entry: './entry.js' } },
    dev: { hmr: false, liveReload: false },
    server: {
      host: '127.0.0.1',
      port: Number(PORT),
      strictPort: true,
      proxy: { '/': `http://127.0.0.1:${UPSTREAM}` },
    },
  },
})
await rsbuild.startDevServer()
