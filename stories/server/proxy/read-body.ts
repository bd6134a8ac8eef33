import type { IncomingMessage } from 'node:http'
import { ProxyError } from './proxy-error.ts'

/** The maximum size of a request body: 1 MiB. */
export const bodyLimit = 1024 * 1024

/** Reads the body of a request up to the limit. */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) refuse(request)
  const chunks: Buffer[] = []
  let length = 0
  // Not `for await`: leaving such a loop early destroys the socket, and the answer with it.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= bodyLimit) chunks.push(chunk)
      else resolve()
    })
    request.on('end', resolve)
    request.on('error', reject)
  })
  if (length > bodyLimit) refuse(request)
  return Buffer.concat(chunks).toString('utf8')
}

/** Reads and discards the rest: a client that is still writing does not read the answer. */
function refuse(request: IncomingMessage): never {
  request.removeAllListeners('data')
  request.resume()
  throw new ProxyError(
    413,
    'request_too_large',
    `The request is larger than ${bodyLimit} bytes, the limit of this proxy.`,
  )
}
