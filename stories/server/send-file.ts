import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { requestUrl } from './request-url.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * Sends a file from the directory, or 404.
 *
 * @param head HTML to insert at the start of each page's head
 */
export async function sendFile(
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
  head = '',
): Promise<void> {
  const { pathname = '' } = requestUrl(request) ?? {}
  // Browsers request it on their own and would report a 404.
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
  if (type === 'text/html' && head !== '') {
    response.end((await readFile(path, 'utf8')).replace('<head>', `<head>${head}`))
  } else {
    // If the browser disconnects early, that is not an error of this server.
    await pipeline(createReadStream(path), response).catch(() => response.destroy())
  }
}
