/** @type {import('../hosts.mjs').Host} */
export const h3 = {
  npm: { h3: '1.15.11' },
  server: 'h3.mjs',
  setups: [
    {
      path: '/',
      says: 'v1, `body` of a `fetch` with the signal of `toWebRequest`',
      aborts: false,
      cut: 'nothing',
      configure: 'a signal of its own and `sendStream`, see below',
    },
    {
      path: '/proxy/',
      says: 'v1, `proxyRequest`',
      aborts: false,
      cut: 'nothing',
      configure: 'the same',
    },
    {
      path: '/close/',
      says: 'v1, `fetch` with a signal of its own, `sendStream`',
      recommended: true,
    },
  ],
}
