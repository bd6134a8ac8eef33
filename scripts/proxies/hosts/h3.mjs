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
      configure: 'a separate signal and `sendStream`, see below',
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
      says: 'v1, `fetch` with a separate signal, `sendStream`',
      recommended: true,
    },
  ],
}
