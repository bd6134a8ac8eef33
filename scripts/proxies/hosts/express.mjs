/** @type {import('../hosts.mjs').Host} */
export const express = {
  npm: { express: '5.3.0', compression: '1.8.2' },
  server: 'express.mjs',
  setups: [
    {
      path: '/',
      says: '`compression()`, by default',
      streams: false,
      configure: '`no-transform`, or `response.flush()` after every write',
    },
    {
      path: '/',
      query: 'no-transform',
      says: '`compression()`, `no-transform` from the app',
      recommended: true,
      gzip: false,
    },
    {
      path: '/flush/',
      says: '`compression()`, `response.flush()` after every write',
      recommended: true,
    },
  ],
}
