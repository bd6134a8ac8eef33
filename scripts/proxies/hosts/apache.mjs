/** @type {import('../hosts.mjs').Host} */
export const apache = {
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
  timeout: '/timeout/',
  setups: [
    {
      path: '/',
      says: 'by default (`ProxyPass` alone)',
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
}
