import { useEffect, useRef } from 'react'
import type { TiedEvent } from './tie-event.ts'

interface WireViewProps {
  answer: string
  events: readonly TiedEvent[]
  /** The number of the highlighted event. */
  lit: number | undefined
  onPoint: (number: number | undefined) => void
}

/** The events of a stream, scrolled to the newest, with the piece of the answer marked in each. */
export function WireView({ answer, events, lit, onPoint }: WireViewProps) {
  const list = useRef<HTMLOListElement>(null)
  const { length } = events
  useEffect(() => {
    const element = list.current
    if (element) element.scrollTop = element.scrollHeight
  }, [length])

  return (
    <ol
      ref={list}
      className="wire"
      tabIndex={0}
      aria-label="Events"
      onPointerLeave={() => onPoint(undefined)}
    >
      {events.map(({ number, name, data, from, to }) => (
        <li
          key={number}
          data-lit={number === lit}
          onPointerEnter={() => onPoint(from === to ? undefined : number)}
        >
          {name !== undefined && <span className="wire-name">{name} </span>}
          <Marked data={data} piece={answer.slice(from, to)} />
        </li>
      ))}
    </ol>
  )
}

function Marked({ data, piece }: { data: string; piece: string }) {
  const escaped = JSON.stringify(piece).slice(1, -1)
  const words = data.includes(escaped) ? escaped : piece
  const at = piece === '' ? -1 : data.lastIndexOf(words)
  if (at < 0) return data
  return (
    <>
      {data.slice(0, at)}
      <mark>{words}</mark>
      {data.slice(at + words.length)}
    </>
  )
}
