/** One of the proxies beside this example: `node ../node/server.mjs` */
const proxy = { '/api': process.env.PROXY ?? 'http://localhost:3000' }

export default {
  oxc: { jsx: { runtime: 'automatic' } },
  server: { proxy },
  preview: { proxy },
}
