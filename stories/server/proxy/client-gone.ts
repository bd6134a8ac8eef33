import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Aborts when the client closes the connection before the response is finished. It asks the socket,
 * since middleware that compresses (Storybook's, for one) holds back the response's own listeners
 * until something is written, and the long wait is before that.
 */
export function clientGone(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const { socket } = request
  const onClose = () => controller.abort()
  socket.once('close', onClose)
  // A kept-alive socket serves other requests later.
  response.on('finish', () => socket.off('close', onClose))
  return controller.signal
}
