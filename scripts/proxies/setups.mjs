/**
 * The proxies, and the setups of each that are compared. `says` is what a row of the report calls
 * it; `streams` whether text must arrive as it is written (`true`), must not (`false`), or is only
 * reported (undefined). `silentAbort` says the same of an abort while the upstream is silent.
 *
 * @typedef {object} Setup
 * @property {string} path where the proxy offers it
 * @property {string} says
 * @property {boolean} [recommended] what the documentation tells readers to do
 * @property {boolean} [streams]
 * @property {boolean} [aborts] whether an abort must reach the upstream within a second
 * @property {boolean} [silentAborts] the same, while the upstream sends nothing
 * @property {string} [query] what the upstream is asked for besides
 * @property {boolean} [gzip] whether the stream must come compressed
 */

const ndjson = 'framing=ndjson'

export const proxies = {
  nginx: {
    package: 'nginx',
    commands: ['nginx'],
    arguments: (folder) => ['-p', folder, '-c', `${folder}/config`, '-g', 'daemon off;'],
    config: ({ folder, port, upstream, isRoot }) => `
${isRoot ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${upstream}/; }
    location /http-1.1/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_http_version 1.1; }
    location /off/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_buffering off; }
    location /gzip/ { proxy_pass http://127.0.0.1:${upstream}/; gzip on; gzip_types text/event-stream; }
    location /gzip-off/ { proxy_pass http://127.0.0.1:${upstream}/; gzip on; gzip_types text/event-stream; proxy_buffering off; }
    location /gzip-usual/ { proxy_pass http://127.0.0.1:${upstream}/; gzip on; gzip_types text/plain application/json; }
    location /timeout/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_buffering off; proxy_read_timeout 1s; }
  }
}`,
    setups: [
      { path: '/', says: 'as it comes (`proxy_pass` alone)', streams: false },
      { path: '/http-1.1/', says: '`proxy_http_version 1.1`' },
      { path: '/off/', says: '`proxy_buffering off`', recommended: true },
      {
        path: '/',
        query: 'accel',
        says: '`X-Accel-Buffering: no` from the app',
        recommended: true,
      },
      { path: '/gzip/', says: '`gzip` of event streams, buffered', streams: false, gzip: true },
      { path: '/gzip-off/', says: '`gzip` of event streams, `proxy_buffering off`', gzip: true },
      {
        path: '/gzip-usual/',
        query: 'accel',
        says: '`gzip` of other types, `X-Accel-Buffering: no`',
        recommended: true,
        gzip: false,
      },
    ],
  },

  haproxy: {
    package: 'haproxy',
    commands: ['haproxy'],
    arguments: (folder) => ['-db', '-q', '-f', `${folder}/config`],
    config: ({ port, upstream }) => `
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend page
  bind 127.0.0.1:${port}
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
    setups: [
      { path: '/', says: 'as it comes (`mode http`)' },
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
    ],
  },

  apache: {
    package: 'apache2',
    commands: ['apache2', 'httpd'],
    needs: '/usr/lib/apache2/modules/mod_proxy_http.so',
    arguments: (folder) => ['-f', `${folder}/config`, '-D', 'FOREGROUND'],
    config: ({ folder, port, upstream, isRoot }) => `
ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/log
DefaultRuntimeDir ${folder}
Mutex file:${folder}
Listen 127.0.0.1:${port}
${['mpm_event', 'authz_core', 'proxy', 'proxy_http', 'filter', 'deflate', 'env', 'setenvif']
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
StartServers 1
<Location /gzip/>
  AddOutputFilterByType DEFLATE text/event-stream
</Location>
<Location /gzip-flush/>
  AddOutputFilterByType DEFLATE text/event-stream
</Location>
<Location /no-gzip/>
  AddOutputFilterByType DEFLATE text/event-stream
  SetEnv no-gzip 1
</Location>
# The longer addresses first: one that begins like an earlier one would share its settings.
ProxyPass /gzip-flush/ http://127.0.0.1:${upstream}/gzip-flush/ flushpackets=on
ProxyPass /flush/ http://127.0.0.1:${upstream}/flush/ flushpackets=on
ProxyPass /timeout/ http://127.0.0.1:${upstream}/timeout/ timeout=1
ProxyPass /gzip/ http://127.0.0.1:${upstream}/
ProxyPass /no-gzip/ http://127.0.0.1:${upstream}/
ProxyPass / http://127.0.0.1:${upstream}/
`,
    setups: [
      {
        path: '/',
        says: 'as it comes (`ProxyPass` alone)',
        recommended: true,
        silentAborts: false,
      },
      { path: '/flush/', says: '`flushpackets=on`', silentAborts: false },
      { path: '/gzip/', says: '`DEFLATE` of event streams', gzip: true, silentAborts: false },
      {
        path: '/gzip-flush/',
        says: '`DEFLATE` of event streams, `flushpackets=on`',
        gzip: true,
        silentAborts: false,
      },
      {
        path: '/no-gzip/',
        says: '`DEFLATE`, with `SetEnv no-gzip 1` for the route',
        recommended: true,
        gzip: false,
        silentAborts: false,
      },
    ],
  },

  caddy: {
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
    setups: [
      { path: '/', says: 'as it comes (`reverse_proxy` alone)', recommended: true },
      { path: '/', query: ndjson, says: 'as it comes, newline-delimited JSON' },
      { path: '/flush/', says: '`flush_interval -1`', silentAborts: false },
      { path: '/gzip/', says: '`encode gzip`, which leaves event streams alone', gzip: false },
      {
        path: '/gzip-all/',
        says: '`encode gzip` made to compress event streams',
        gzip: true,
        streams: false,
      },
    ],
  },
}
