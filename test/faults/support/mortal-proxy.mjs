/**
 * A proxy to be killed: passes the bytes of every connection on, both ways.
 *
 *     node mortal-proxy.mjs ORIGIN_PORT
 *
 * It is forked before it is needed, begins to listen where its parent tells it to, and ends with it.
 */
import { connect, createServer } from 'node:net'

const originPort = Number(process.argv[2])

const server = createServer({ noDelay: true }, (client) => {
  const origin = connect(originPort, '127.0.0.1')
  client.pipe(origin).pipe(client)
  for (const [one, other] of [
    [client, origin],
    [origin, client],
  ]) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
})

process.on('message', ({ port }) => {
  server.listen(port, '127.0.0.1', () => process.send({ port: server.address().port }))
})
process.on('disconnect', () => process.exit())
