const paths = (upstream) => `
      "/gzip/":
        compress: ON
        proxy.reverse.url: "http://127.0.0.1:${upstream}/"
      "/timeout/":
        proxy.timeout.io: 1000
        proxy.reverse.url: "http://127.0.0.1:${upstream}/"
      "/":
        proxy.reverse.url: "http://127.0.0.1:${upstream}/"
`

/** @type {import('../hosts.mjs').Host} */
export const h2o = {
  package: 'h2o',
  commands: ['h2o'],
  arguments: (folder) => ['-m', 'worker', '-c', `${folder}/config`],
  config: ({ folder, port, upstream, isRoot, tls }) => `
${isRoot ? 'user: root' : ''}
pid-file: ${folder}/pid
error-log: ${folder}/log
num-threads: 1
listen:
  host: 127.0.0.1
  port: ${port}
${tls ? `  ssl:\n    certificate-file: ${tls.certificate}\n    key-file: ${tls.key}` : ''}
hosts:
  default:
    paths:${paths(upstream)}`,
  timeout: '/timeout/',
  setups: [
    {
      path: '/',
      says: 'by default (`proxy.reverse.url`)',
      recommended: true,
      silentAborts: false,
      cut: 'truncated',
    },
    { path: '/gzip/', says: '`compress: ON`', cut: 'truncated' },
    {
      path: '/',
      variant: 'h2',
      says: 'HTTP/2 front, by default',
      recommended: true,
      cut: 'truncated',
    },
  ],
}
