import { useRef, useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'
import { readDelta } from './read-delta.ts'
import { readEvents } from './read-events.ts'

/** The usual second version of a hook: state is set in its own animation frame. */
export const useAnswer: UseAnswer = (url, format) => {
  const [text, setText] = useState('')
  const [finished, setFinished] = useState(false)
  const arrived = useRef('')
  const frame = useRef(0)

  function show() {
    frame.current = 0
    setText(arrived.current)
  }

  return {
    text,
    finished,
    start: () => {
      void readEvents(url, (data) => {
        arrived.current += readDelta(format, data)
        frame.current ||= requestAnimationFrame(show)
      }).then(() => {
        cancelAnimationFrame(frame.current)
        show()
        setFinished(true)
      })
    },
  }
}
