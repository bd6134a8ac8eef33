import { fetchEventSource } from '@microsoft/fetch-event-source'
import { useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'
import { readDelta } from './read-delta.ts'

export const useAnswer: UseAnswer = (url, format) => {
  const [text, setText] = useState('')
  const [finished, setFinished] = useState(false)
  return {
    text,
    finished,
    start: () => {
      void fetchEventSource(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ input: 'Write.', stream: true }),
        openWhenHidden: true,
        onmessage({ data }) {
          const delta = readDelta(format, data)
          if (delta) setText((before) => before + delta)
        },
        onclose() {
          setFinished(true)
        },
        onerror(error) {
          throw error
        },
      })
    },
  }
}
