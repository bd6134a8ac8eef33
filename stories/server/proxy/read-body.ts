import type { IncomingMessage } from 'node:http'
import { ProxyError } from './proxy-error.ts'

/** The most that a request may hold: 1 MiB is several novels' worth of prompt. */
export const bodyLimit = 1024 * 1024

/** Reads a request's body, but never more than the limit. */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) refuse(request)
  const chunks: Buffer[] = []
  let length = 0
  // Not `for await`: leaving such a loop early destroys the socket, and with it the answer.
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

/** The rest is read and thrown away, because a client that still writes would not read the answer. */
function refuse(request: IncomingMessage): never {
  request.removeAllListeners('data')
  request.resume()
  throw new ProxyError(
    413,
    'request_too_large',
    `The request is larger than ${bodyLimit} bytes, which is all that this proxy takes.`,
  )
}
