/** @import { Socket } from 'node:net' */

/**
 * The request that a socket brings; `undefined` if the connection ends before it is whole. Later
 * bytes are read and ignored, so that the end of the connection is noticed.
 *
 * @param {Socket} socket
 */
export function readRequest(socket) {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    let isWhole = false
    socket.on('close', () => resolve(undefined))
    socket.on('data', (piece) => {
      if (isWhole) return
      bytes = Buffer.concat([bytes, piece])
      const request = parseRequest(bytes)
      if (!request) return
      isWhole = true
      resolve(request)
    })
  })
}

/** @param {Buffer} bytes */
function parseRequest(bytes) {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const [requestLine, ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const [method, target] = requestLine.split(' ')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const body = bytes.subarray(headEnd + 4)
  const length = Number(headers['content-length'] ?? 0)
  if (body.length < length) return undefined
  return { method, target, headers, body: body.toString('utf8', 0, length) }
}
