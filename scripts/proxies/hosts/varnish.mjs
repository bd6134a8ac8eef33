/** @type {import('../hosts.mjs').Host} */
export const varnish = {
  package: 'varnish',
  commands: ['varnishd'],
  arguments: (folder, port) => [
    ...['-F', '-j', 'none', '-f', `${folder}/config`, '-a', `127.0.0.1:${port}`],
    ...['-n', `${folder}/work`, '-s', 'default,16m', '-T', 'none'],
  ],
  config: ({ upstream }) => `
vcl 4.1;
backend default { .host = "127.0.0.1"; .port = "${upstream}"; }
sub vcl_recv {
  if (req.url ~ "^/pipe/") { return (pipe); }
  return (pass);
}
sub vcl_backend_fetch {
  if (bereq.url ~ "^/timeout/") { set bereq.between_bytes_timeout = 1s; }
}
sub vcl_backend_response {
  if (bereq.url ~ "^/gzip/") { set beresp.do_gzip = true; }
  if (bereq.url ~ "^/whole/") { set beresp.do_stream = false; }
}
`,
  timeout: '/timeout/',
  setups: [
    {
      path: '/',
      says: 'by default (`pass`, as every POST)',
      recommended: true,
      silentAborts: false,
    },
    { path: '/pipe/', says: '`return (pipe)`', recommended: true },
    {
      path: '/gzip/',
      says: '`beresp.do_gzip`',
      gzip: true,
      configure: 'no `do_gzip` for event streams',
    },
    {
      path: '/whole/',
      says: '`beresp.do_stream = false`',
      streams: false,
      configure: 'default `do_stream`',
    },
  ],
}
