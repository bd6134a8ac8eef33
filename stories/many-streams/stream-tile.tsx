import { useEffect, useMemo } from 'react'
import { useStreamingCompletion } from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import { useConnection } from '../connection/connection.tsx'
import { tileText } from './tile-text.ts'

interface StreamTileProps {
  number: number
  /** Counts the starts; 0 before the first. */
  run: number
  /** Counts the aborts. */
  aborts: number
  onEnd: () => void
  /** Whether every delta is a state of its own, in place of one for each frame. */
  perDelta: boolean
}

/** Tokens a second, of each. */
const rate = 50

/** One of the streams, in a tile that shows the end of its text. */
export function StreamTile({ number, run, aborts, onEnd, perDelta }: StreamTileProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () =>
      play(
        completionStream(
          { text: tileText(number) },
          // Not all in step: no two models write alike.
          { delay: (index) => (1000 / rate) * (0.5 + ((index * 7 + number * 13) % 11) / 10) },
        ),
      ),
    [play, number],
  )
  const { text, status, start, abort } = useStreamingCompletion<object>({
    url: '/api/completion',
    fetch,
    onFinish: onEnd,
    ...(perDelta ? { publish: 'sync' } : {}),
  })

  useEffect(() => {
    if (run > 0) void start({})
  }, [run, start])
  useEffect(() => {
    if (aborts > 0) abort()
  }, [aborts, abort])

  return (
    <li className="stream-tile" data-status={status} dir="auto">
      {text.slice(-90)}
    </li>
  )
}
