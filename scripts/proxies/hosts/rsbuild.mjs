/** @type {import('../hosts.mjs').Host} */
export const rsbuild = {
  npm: { '@rsbuild/core': '2.3.2' },
  server: 'rsbuild.mjs',
  setups: [
    { path: '/', says: '`server.proxy`, by default', recommended: true },
    {
      path: '/',
      query: 'framing=ndjson',
      says: '`server.proxy`, newline-delimited JSON',
      recommended: true,
    },
  ],
}
