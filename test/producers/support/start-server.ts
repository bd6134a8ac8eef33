import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'

/** Serves one handler on the loopback interface for the rest of the test. Returns its address. */
export async function startServer(
  handle: (request: Request) => Response | Promise<Response>,
): Promise<string> {
  return new Promise((resolve) => {
    const server = serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}/`),
    )
    onTestFinished(() => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  })
}
