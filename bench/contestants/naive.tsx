import { useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'
import { readDelta } from './read-delta.ts'
import { readEvents } from './read-events.ts'

/** The usual first version of a hook: state is set for every delta. */
export const useAnswer: UseAnswer = (url, format) => {
  const [text, setText] = useState('')
  const [finished, setFinished] = useState(false)
  return {
    text,
    finished,
    start: () => {
      void readEvents(url, (data) => {
        const delta = readDelta(format, data)
        if (delta) setText((before) => before + delta)
      }).then(() => {
        setFinished(true)
      })
    },
  }
}
