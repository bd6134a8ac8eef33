/** @type {import('../hosts.mjs').Host} */
export const squid = {
  package: 'squid',
  commands: ['squid'],
  arguments: (folder) => ['-N', '-f', `${folder}/config`],
  config: ({ folder, port, upstream, isRoot }) => `
http_port 127.0.0.1:${port} accel defaultsite=127.0.0.1 no-vhost
cache_peer 127.0.0.1 parent ${upstream} 0 no-query no-digest originserver name=upstream
cache_peer_access upstream allow all
http_access allow all
never_direct allow all
cache deny all
pid_filename ${folder}/pid
cache_log ${folder}/log
access_log none
coredump_dir ${folder}
pinger_enable off
netdb_filename none
shutdown_lifetime 0 seconds
visible_hostname localhost
${isRoot ? 'cache_effective_user proxy' : ''}
`,
  setups: [{ path: '/', says: 'by default (`accel`, `originserver`)', recommended: true }],
}
