/** @type {import('../hosts.mjs').Host} */
export const nginx = {
  package: 'nginx',
  commands: ['nginx'],
  arguments: (folder) => ['-p', folder, '-c', `${folder}/config`, '-g', 'daemon off;'],
  config: ({ folder, port, upstream, isRoot, tls }) => `
${isRoot ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port}${tls ? ' ssl http2' : ''};
    ${tls ? `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};` : ''}
    location / { proxy_pass http://127.0.0.1:${upstream}/; }
    location /http-1.1/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_http_version 1.1; }
    location /off/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_buffering off; }
    location /both/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_http_version 1.1; proxy_buffering off; }
    location /gzip/ { proxy_pass http://127.0.0.1:${upstream}/; gzip on; gzip_types text/event-stream; }
    location /gzip-both/ { proxy_pass http://127.0.0.1:${upstream}/; gzip on; gzip_types text/event-stream; proxy_http_version 1.1; proxy_buffering off; }
    location /gzip-usual/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_http_version 1.1; gzip on; gzip_types text/plain application/json; }
    location /timeout/ { proxy_pass http://127.0.0.1:${upstream}/; proxy_buffering off; proxy_read_timeout 1s; }
  }
}`,
  timeout: '/timeout/',
  setups: [
    {
      path: '/',
      says: 'by default (`proxy_pass` alone)',
      streams: false,
      cut: 'truncated',
      configure: '`proxy_http_version 1.1`, `proxy_buffering off`',
    },
    {
      path: '/http-1.1/',
      says: '`proxy_http_version 1.1`',
      cut: 'network',
      configure: '`proxy_buffering off`: a full buffer still waits',
    },
    {
      path: '/off/',
      says: '`proxy_buffering off`',
      streams: true,
      cut: 'truncated',
      configure: '`proxy_http_version 1.1`, so that a cut is reported',
    },
    {
      path: '/',
      query: 'accel',
      says: '`X-Accel-Buffering: no` from the app',
      streams: true,
      cut: 'truncated',
      configure: 'the same',
    },
    { path: '/both/', says: '`proxy_http_version 1.1`, `proxy_buffering off`', recommended: true },
    {
      path: '/http-1.1/',
      query: 'accel',
      says: '`proxy_http_version 1.1`, `X-Accel-Buffering: no` from the app',
      recommended: true,
    },
    {
      path: '/gzip/',
      says: '`gzip` of event streams, buffered',
      streams: false,
      gzip: true,
      configure: 'no `text/event-stream` in `gzip_types`',
    },
    {
      path: '/gzip-both/',
      says: '`gzip` of event streams, `proxy_http_version 1.1`, `proxy_buffering off`',
      gzip: true,
    },
    {
      path: '/gzip-usual/',
      query: 'accel',
      says: '`gzip` of other types, `proxy_http_version 1.1`, `X-Accel-Buffering: no`',
      recommended: true,
      gzip: false,
    },
    {
      path: '/',
      variant: 'h2',
      says: 'HTTP/2 front, by default',
      streams: false,
      cut: 'truncated',
      configure: '`proxy_http_version 1.1`, `proxy_buffering off`',
    },
    {
      path: '/both/',
      variant: 'h2',
      says: 'HTTP/2 front, `proxy_http_version 1.1`, `proxy_buffering off`',
      recommended: true,
    },
  ],
}
