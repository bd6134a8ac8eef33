/** One of the proxies beside this example: `node ../node/server.mjs` */
const target = process.env.PROXY ?? 'http://localhost:3000'

const proxy = {
  '/api': {
    target,
    // Vite leaves the response open when the server's connection breaks: the page would wait forever.
    configure(server) {
      server.on('proxyRes', (answer, request, response) => {
        answer.on('close', () => {
          if (!answer.complete) response.destroy()
        })
      })
    },
  },
}

export default {
  oxc: { jsx: { runtime: 'automatic' } },
  server: { proxy },
  preview: { proxy },
}
