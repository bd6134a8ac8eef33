/** @type {import('../hosts.mjs').Host} */
export const lighttpd = {
  package: 'lighttpd',
  commands: ['lighttpd'],
  arguments: (folder) => ['-D', '-f', `${folder}/config`],
  config: ({ folder, port, upstream }) => `
server.modules = ("mod_proxy")
server.document-root = "${folder}"
server.errorlog = "${folder}/log"
server.upload-dirs = ("${folder}")
server.bind = "127.0.0.1"
server.port = ${port}
$HTTP["url"] =~ "^/(1|2)/" {
  proxy.server = ("" => ((  "host" => "127.0.0.1", "port" => ${upstream} )))
}
$HTTP["url"] =~ "^/1/" { server.stream-response-body = 1 }
$HTTP["url"] =~ "^/2/" { server.stream-response-body = 2 }
proxy.server = ("" => (( "host" => "127.0.0.1", "port" => ${upstream} )))
`,
  setups: [
    {
      path: '/',
      says: 'by default (`proxy.server` alone)',
      streams: false,
      cut: 'truncated',
      configure: '`server.stream-response-body = 1`',
    },
    {
      path: '/1/',
      says: '`server.stream-response-body = 1`',
      recommended: true,
      silentAborts: false,
    },
    { path: '/2/', says: '`server.stream-response-body = 2`', streams: true, silentAborts: false },
  ],
}
