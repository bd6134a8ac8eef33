/** @type {import('../hosts.mjs').Host} */
export const vite = {
  npm: { vite: '8.4.0' },
  server: 'vite.mjs',
  setups: [
    {
      path: '/',
      says: '`server.proxy`, by default',
      streams: true,
      cut: 'nothing',
      configure: '`configure` with a handler that ends a cut response, see below',
    },
    { path: '/ends/', says: '`server.proxy`, with that handler', recommended: true },
  ],
}
