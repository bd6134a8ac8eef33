import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { BackgroundResponse } from './background-response.ts'

/**
 * Follows a response from a given event. If the prompt asks for a connection that breaks,
 * each connection gets a third of the events and no end marker.
 */
export async function sendBackground(
  response: ServerResponse,
  background: BackgroundResponse,
  options: { after: number; signal: AbortSignal },
): Promise<void> {
  const { after, signal } = options
  const share = background.connectionShare
  let sent = 0
  for await (const text of background.eventsAfter(after, signal)) {
    if (!response.write(text)) await once(response, 'drain', { signal })
    sent += 1
    if (sent < share) continue
    // Delivers what has been written, but neither further data nor the end of the chunked body.
    response.socket?.destroySoon()
    return
  }
  response.end()
}
