import { useChat, type UIMessage } from '@ai-sdk/react'
import { useState } from 'react'

export const format = 'ai-sdk'

export const textOf = ({ parts }: UIMessage) =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

export function useTurns(past: readonly string[]) {
  const [initial] = useState(() =>
    past.map((text, index): UIMessage => ({
      id: `turn-${index}`,
      role: index % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text }],
    })),
  )
  const { messages, sendMessage, status } = useChat({ messages: initial })
  return {
    turns: messages,
    isBusy: status === 'submitted' || status === 'streaming',
    send: () => void sendMessage({ text: 'Write.' }),
  }
}
