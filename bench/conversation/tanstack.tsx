import { fetchServerSentEvents, useChat, type UIMessage } from '@tanstack/ai-react'
import { useState } from 'react'

export const format = 'ag-ui'

export const textOf = ({ parts }: UIMessage) =>
  parts.map((part) => (part.type === 'text' ? part.content : '')).join('')

export function useTurns(past: readonly string[]) {
  const [options] = useState(() => ({
    connection: fetchServerSentEvents('/'),
    initialMessages: past.map((text, index): UIMessage => ({
      id: `turn-${index}`,
      role: index % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', content: text }],
    })),
  }))
  const { messages, sendMessage, isLoading } = useChat(options)
  return { turns: messages, isBusy: isLoading, send: () => void sendMessage('Write.') }
}
