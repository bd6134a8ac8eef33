import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, resolve, sep } from 'node:path'
import { proxyMark } from '../connection/has-proxy.ts'
import { completionProxy } from './proxy/completion-proxy.ts'
import { connectProvider } from './proxy/provider.ts'
import type { Provider, ProviderOptions } from './proxy/provider.ts'

export interface ServedDemo extends Provider {
  /** The server's origin. */
  readonly url: string
  close: () => Promise<void>
}

/** Serves the built Storybook together with the proxy, from a free port of the loopback interface. */
export async function serveDemo(
  options: ProviderOptions & { directory?: string },
): Promise<ServedDemo> {
  const provider = await connectProvider(options)
  const proxy = completionProxy(() => Promise.resolve(provider))
  const directory = resolve(options.directory ?? 'storybook-static')
  const server = createServer((request, response) => {
    proxy(request, response, () => void sendFile(directory, request.url ?? '/', response))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  return {
    ...provider,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((done) => {
        server.close(done)
        server.closeAllConnections()
      })
      await provider.upstream?.close()
    },
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

async function sendFile(directory: string, url: string, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, 'http://localhost')
  // Browsers ask for it by themselves, and would report that it is missing.
  if (pathname === '/favicon.ico') {
    response.writeHead(204).end()
    return
  }
  const path = normalize(join(directory, pathname === '/' ? 'index.html' : pathname))
  const found = path.startsWith(directory + sep) && (await stat(path).catch(() => null))?.isFile()
  if (found !== true) {
    response.writeHead(404).end()
    return
  }
  const type = contentTypes[extname(path)] ?? 'application/octet-stream'
  response.writeHead(200, { 'content-type': type })
  if (type === 'text/html') {
    const page = await readFile(path, 'utf8')
    response.end(page.replace('<head>', `<head><meta name="${proxyMark}" content="yes" />`))
    return
  }
  createReadStream(path).pipe(response)
}
