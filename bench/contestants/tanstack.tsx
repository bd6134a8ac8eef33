import { fetchServerSentEvents, useChat } from '@tanstack/ai-react'
import { useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'

export const useAnswer: UseAnswer = (url) => {
  const [connection] = useState(() => fetchServerSentEvents(url))
  const { messages, sendMessage, isLoading } = useChat({ connection })
  const last = messages.at(-1)
  const text =
    last?.role === 'assistant'
      ? last.parts.map((part) => (part.type === 'text' ? part.content : '')).join('')
      : ''
  return {
    text,
    finished: text !== '' && !isLoading,
    start: () => {
      void sendMessage('Write.')
    },
  }
}
