import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Aborts when the client closes the connection before the response is finished. It listens to the socket,
 * because compression middleware such as Storybook's delays the response's own listeners
 * until the first write, and the long wait comes before that.
 */
export function clientGone(request: IncomingMessage, response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const { socket } = request
  const onClose = () => controller.abort()
  socket.once('close', onClose)
  // A keep-alive socket serves other requests later.
  response.on('finish', () => socket.off('close', onClose))
  return controller.signal
}
