import { createServer } from 'vite'

const { PORT, UPSTREAM } = process.env
const target = `http://127.0.0.1:${UPSTREAM}`

const server = await createServer({
  configFile: false,
  appType: 'custom',
  logLevel: 'warn',
  server: {
    host: '127.0.0.1',
    port: Number(PORT),
    strictPort: true,
    hmr: false,
    ws: false,
    proxy: {
      '/ends/': {
        target,
        configure(proxy) {
          proxy.on('proxyRes', (answer, request, response) => {
            answer.on('close', () => {
              if (!answer.complete) response.destroy()
            })
          })
        },
      },
      '/': target,
    },
  },
})
await server.listen()
