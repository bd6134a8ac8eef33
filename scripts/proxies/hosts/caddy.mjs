/** @type {import('../hosts.mjs').Host} */
export const caddy = {
  package: 'caddy',
  commands: ['caddy'],
  arguments: (folder) => ['run', '--config', `${folder}/config`, '--adapter', 'caddyfile'],
  config: ({ port, upstream }) => `
{
  admin off
  auto_https off
  log {
    level ERROR
  }
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  handle /flush/* {
    reverse_proxy 127.0.0.1:${upstream} {
      flush_interval -1
    }
  }
  handle /gzip/* {
    encode gzip
    reverse_proxy 127.0.0.1:${upstream}
  }
  handle /gzip-all/* {
    encode {
      gzip
      minimum_length 1
      match {
        header Content-Type text/event-stream*
      }
    }
    reverse_proxy 127.0.0.1:${upstream}
  }
  handle /timeout/* {
    reverse_proxy 127.0.0.1:${upstream} {
      transport http {
        read_timeout 1s
      }
    }
  }
  handle {
    reverse_proxy 127.0.0.1:${upstream}
  }
}
`,
  timeout: '/timeout/',
  setups: [
    {
      path: '/',
      says: 'by default (`reverse_proxy` alone)',
      recommended: true,
      cut: 'truncated',
    },
    {
      path: '/',
      query: 'framing=ndjson',
      says: 'by default, newline-delimited JSON',
      recommended: true,
      cut: 'truncated',
    },
    {
      path: '/flush/',
      says: '`flush_interval -1`',
      silentAborts: false,
      cut: 'truncated',
      configure: 'no `flush_interval`',
    },
    {
      path: '/gzip/',
      says: '`encode gzip`, without event streams',
      recommended: true,
      gzip: false,
      cut: 'truncated',
    },
    {
      path: '/gzip-all/',
      says: '`encode gzip` made to compress event streams',
      gzip: true,
      streams: false,
      cut: 'truncated',
      configure: 'no matcher for event streams',
    },
  ],
}
