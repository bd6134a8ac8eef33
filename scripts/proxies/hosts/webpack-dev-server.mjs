const setups = [
  {
    path: '/',
    says: '`proxy`, by default',
    streams: false,
    configure: '`compress: false`, or `no-transform` from the app',
  },
]

/** @type {import('../hosts.mjs').Host} */
export const webpackDevServer5 = {
  npm: { webpack: '5.113.0', 'webpack-dev-server': '5.2.7' },
  server: 'webpack-dev-server.mjs',
  setups: [
    ...setups,
    {
      path: '/',
      query: 'no-transform',
      says: '`proxy`, `no-transform` from the app',
      streams: true,
      aborts: false,
      cut: 'nothing',
      configure: '`onProxyRes` with a handler that closes both ends, see below',
    },
    {
      path: '/',
      variant: 'uncompressed',
      says: '`proxy`, `compress: false`',
      streams: true,
      aborts: false,
      cut: 'nothing',
      configure: 'the same',
    },
    {
      path: '/ends/',
      variant: 'uncompressed',
      says: '`proxy`, `compress: false`, with that handler',
      recommended: true,
      waitingAborts: false,
    },
  ],
}

/** @type {import('../hosts.mjs').Host} */
export const webpackDevServer6 = {
  npm: { webpack: '5.113.0', 'webpack-dev-server': '6.1.0' },
  server: 'webpack-dev-server.mjs',
  node: '22.23.3',
  setups: [
    ...setups,
    {
      path: '/',
      query: 'no-transform',
      says: '`proxy`, `no-transform` from the app',
      recommended: true,
    },
    {
      path: '/',
      variant: 'uncompressed',
      says: '`proxy`, `compress: false`',
      recommended: true,
    },
  ],
}
