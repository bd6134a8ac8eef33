import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { ByteBorders } from './byte-borders.ts'
import type { Frame } from '../../model/frame.ts'
import { pace } from '../../model/pace.ts'
import type { Random } from '../../model/random.ts'

/**
 * Writes a stream burst by burst. Rejects as soon as the signal aborts because the client has left, so
 * generation stops.
 */
export async function sendStream(
  response: ServerResponse,
  frames: readonly Frame[],
  options: { random: Random; speed: number; signal: AbortSignal },
): Promise<void> {
  const { random, speed, signal } = options
  const borders = new ByteBorders(random)
  const write = async (bytes: Uint8Array) => {
    if (!response.write(bytes)) await once(response, 'drain', { signal })
  }
  for (const { silence, frames: burst } of pace(frames, random)) {
    await wait(silence / speed, undefined, { signal })
    await write(borders.next(burst.map(({ text }) => text).join('')))
  }
  await write(borders.rest())
}
