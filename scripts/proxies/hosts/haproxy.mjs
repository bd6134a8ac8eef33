/** @type {import('../hosts.mjs').Host} */
export const haproxy = {
  package: 'haproxy',
  commands: ['haproxy'],
  arguments: (folder) => ['-db', '-q', '-f', `${folder}/config`],
  config: ({ port, upstream, tls }) => `
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend page
  bind 127.0.0.1:${port}${tls ? ` ssl crt ${tls.certificate} alpn h2,http/1.1` : ''}
${['no-delay', 'abort', 'gzip', 'timeout'].map((name) => `  use_backend ${name} if { path_beg /${name}/ }`).join('\n')}
  default_backend plain
backend plain
  server upstream 127.0.0.1:${upstream}
backend no-delay
  option http-no-delay
  server upstream 127.0.0.1:${upstream}
backend abort
  option http-no-delay
  option abortonclose
  server upstream 127.0.0.1:${upstream}
backend gzip
  option http-no-delay
  compression algo gzip
  compression type text/event-stream
  server upstream 127.0.0.1:${upstream}
backend timeout
  timeout server 1s
  server upstream 127.0.0.1:${upstream}
`,
  timeout: '/timeout/',
  setups: [
    { path: '/', says: 'by default (`mode http`)', configure: '`option http-no-delay`' },
    {
      path: '/no-delay/',
      says: '`option http-no-delay`',
      recommended: true,
      silentAborts: false,
    },
    {
      path: '/abort/',
      says: '`option http-no-delay`, `option abortonclose`',
      silentAborts: false,
    },
    {
      path: '/gzip/',
      says: '`compression algo gzip` of event streams, `option http-no-delay`',
      gzip: true,
    },
    {
      path: '/no-delay/',
      variant: 'h2',
      says: 'HTTP/2 front, `option http-no-delay`',
      recommended: true,
      cut: 'truncated',
    },
  ],
}
