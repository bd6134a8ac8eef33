/** @type {import('../hosts.mjs').Host} */
export const nghttpx = {
  package: 'nghttp2-proxy',
  commands: ['nghttpx'],
  arguments: (folder) => [`--conf=${folder}/config`],
  config: ({ folder, port, upstream, isRoot, tls }) => `
frontend=127.0.0.1,${port}${tls ? '' : ';no-tls'}
backend=127.0.0.1,${upstream}
${tls ? `private-key-file=${tls.key}\ncertificate-file=${tls.certificate}` : ''}
errorlog-file=${folder}/log
workers=1
${isRoot ? 'user=root' : ''}
`,
  setups: [
    { path: '/', says: 'by default (`backend`)', recommended: true },
    { path: '/', variant: 'h2', says: 'HTTP/2 front, by default', recommended: true },
  ],
}
