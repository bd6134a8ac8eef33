/** @type {import('../hosts.mjs').Host} */
export const next = {
  npm: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
  server: 'next.mjs',
  setups: [
    {
      path: '/',
      says: '`rewrites()`, by default',
      streams: false,
      configure: '`no-transform` from the app, or a route handler',
    },
    {
      path: '/',
      query: 'no-transform',
      says: '`rewrites()`, `no-transform` from the app',
      recommended: true,
    },
  ],
}
