import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const contentTypes = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/**
 * Serves a folder of static files from a free port of the loopback interface.
 *
 * @param {string} folder
 * @param {Record<string, string>} [headers] sent with every file
 */
export async function serveFolder(folder, headers = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const path = normalize(
      join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname),
    )
    // Browsers request it on their own and would report a 404.
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    const isFile =
      path.startsWith(folder + sep) && statSync(path, { throwIfNoEntry: false })?.isFile()
    if (!isFile) {
      response.writeHead(404).end()
      return
    }
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    response.writeHead(200, { ...headers, 'content-type': type })
    createReadStream(path).pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}
