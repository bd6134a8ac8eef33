import { useEffect, useMemo } from 'react'
import { useStreamingCompletion } from 'use-streaming-completion'
import { completionStream } from 'use-streaming-completion/testing'
import { useConnection } from '../connection/connection.tsx'
import { tileText } from './tile-text.ts'

interface StreamTileProps {
  number: number
  /** The number of starts so far. */
  run: number
  /** The number of aborts so far. */
  aborts: number
  onEnd: () => void
  /** Whether every delta sets state, instead of once per frame. */
  perDelta: boolean
}

/** Tokens per second of each stream. */
const rate = 50

/** One stream, in a tile that shows the end of its text. */
export function StreamTile({ number, run, aborts, onEnd, perDelta }: StreamTileProps) {
  const { play } = useConnection()
  const fetch = useMemo(
    () =>
      play(
        completionStream(
          { text: tileText(number) },
          // Varies the pace, so the streams are not in step.
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
      <p>{endOf(text)}</p>
    </li>
  )
}

/** How many characters fit into a tile. */
const room = 72

/** The last words of the text. The cut may otherwise divide a word or a character. */
function endOf(text: string): string {
  if (text.length <= room) return text
  const end = text.slice(-room)
  const word = end.indexOf(' ')
  return word >= 0 && word < 20 ? end.slice(word + 1) : end.replace(/^[\uDC00-\uDFFF]/, '')
}
