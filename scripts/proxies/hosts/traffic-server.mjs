/** @type {import('../hosts.mjs').Host} */
export const trafficServer = {
  package: 'trafficserver',
  commands: ['traffic_server'],
  arguments: (folder) => [`--run-root=${folder}/runroot.yaml`],
  config: ({ folder, port, upstream, isRoot, tls }) => ({
    'runroot.yaml': `
prefix: ${folder}
bindir: /usr/bin
sysconfdir: ${folder}
libdir: /usr/lib/trafficserver
plugindir: /usr/lib/trafficserver/modules
logdir: ${folder}
runtimedir: ${folder}
cachedir: ${folder}
`,
    'records.config': `
CONFIG proxy.config.http.server_ports STRING ${port}:ip-in=127.0.0.1${tls ? ':ssl' : ''}
CONFIG proxy.config.admin.user_id STRING ${isRoot ? 'www-data' : ''}
CONFIG proxy.config.http.cache.http INT 0
CONFIG proxy.config.diags.output.error STRING L
CONFIG proxy.config.exec_thread.autoconfig INT 0
CONFIG proxy.config.exec_thread.limit INT 1
CONFIG proxy.config.reverse_proxy.enabled INT 1
CONFIG proxy.config.url_remap.remap_required INT 1
CONFIG proxy.config.url_remap.pristine_host_hdr INT 1
`,
    'remap.config': `map / http://127.0.0.1:${upstream}/\n`,
    'storage.config': `${folder} 16M\n`,
    'ip_allow.yaml': `
ip_allow:
  - { apply: in, ip_addrs: 0/0, action: allow, methods: ALL }
`,
    'ssl_multicert.config': tls
      ? `dest_ip=* ssl_cert_name=${tls.certificate} ssl_key_name=${tls.key}\n`
      : '',
  }),
  setups: [
    { path: '/', says: 'by default (`map`)', recommended: true, silentAborts: false },
    {
      path: '/',
      variant: 'h2',
      says: 'HTTP/2 front, by default',
      streams: true,
      cut: 'truncated',
    },
  ],
}
