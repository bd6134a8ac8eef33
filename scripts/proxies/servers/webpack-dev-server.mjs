import { writeFileSync } from 'node:fs'
import webpack from 'webpack'
import WebpackDevServer from 'webpack-dev-server'

const { PORT, UPSTREAM, VARIANT } = process.env
const target = `http://127.0.0.1:${UPSTREAM}`

writeFileSync('entry.js', '')
const compiler = webpack({
  mode: 'development',
  context: process.cwd(),
  entry: './entry.js',
  infrastructureLogging: { level: 'warn' },
  stats: 'errors-only',
})
const server = new WebpackDevServer(
  {
    host: '127.0.0.1',
    port: Number(PORT),
    hot: false,
    client: false,
    static: false,
    webSocketServer: false,
    ...(VARIANT === 'uncompressed' ? { compress: false } : {}),
    proxy: [
      {
        context: ['/ends/'],
        target,
        onProxyRes(answer, request, response) {
          response.on('close', () => answer.destroy())
          answer.on('close', () => {
            if (!answer.complete) response.destroy()
          })
        },
      },
      { context: ['/'], target },
    ],
  },
  compiler,
)
await server.start()
