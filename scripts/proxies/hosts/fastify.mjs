/** @type {import('../hosts.mjs').Host} */
export const fastify = {
  npm: { fastify: '5.12.8', '@fastify/compress': '9.2.0' },
  server: 'fastify.mjs',
  setups: [
    {
      path: '/',
      says: '`@fastify/compress`, `reply.send` of the `body` of a `fetch`',
      configure: 'a separate signal for the `fetch`',
    },
    {
      path: '/response/',
      says: '`@fastify/compress`, `reply.send` of the `Response` of a `fetch`',
      configure: 'the same',
    },
    {
      path: '/signal/',
      says: '`@fastify/compress`, `fetch` with a separate signal',
      recommended: true,
    },
  ],
}
