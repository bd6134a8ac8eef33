import { OpenAIChatProvider, useXChat, XRequest } from '@ant-design/x-sdk'
import { useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'

interface Message {
  role: string
  content: string
}

export const useAnswer: UseAnswer = (url) => {
  const [provider] = useState(
    () =>
      new OpenAIChatProvider({
        request: XRequest(url, { manual: true, params: { model: 'gpt-5', stream: true } }),
      }),
  )
  const { messages, onRequest, isRequesting } = useXChat({ provider })
  const last = messages.at(-1)?.message as Message | undefined
  const text = last?.role === 'assistant' ? last.content : ''
  return {
    text,
    finished: text !== '' && !isRequesting,
    start: () => {
      onRequest({ messages: [{ role: 'user', content: 'Write.' }] })
    },
  }
}
