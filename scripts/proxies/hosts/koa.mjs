/** @type {import('../hosts.mjs').Host} */
export const koa = {
  npm: { koa: '3.3.0', 'koa-compress': '5.2.2' },
  server: 'koa.mjs',
  setups: [
    {
      path: '/web/',
      query: 'no-transform',
      says: '`ctx.body` = the `body` of a `fetch`',
      silentAborts: false,
      configure: 'a separate signal for the `fetch`',
    },
    {
      path: '/node/',
      query: 'no-transform',
      says: '`ctx.body` = `Readable.fromWeb(…)`',
      configure: 'the same',
    },
    {
      path: '/web/signal/',
      says: '`koa-compress`, `fetch` with a separate signal',
      recommended: true,
    },
    {
      path: '/web/signal/',
      query: 'no-transform',
      says: '`koa-compress`, `no-transform`, `fetch` with a separate signal',
      recommended: true,
    },
  ],
}
