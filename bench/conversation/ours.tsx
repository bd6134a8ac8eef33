import { useState } from 'react'
import {
  createConversation,
  responsesConversation,
  useConversation,
  type Turn,
} from '../../src/conversation.ts'

export const format = 'responses'

export const textOf = (turn: Turn) => turn.text

/** A conversation as it was saved. */
function saved(past: readonly string[]) {
  const { toJSON } = createConversation({ url: '/', api: responsesConversation })
  const turns = past.map((text, index) => ({
    id: `turn-${index}`,
    ...(index > 0 && { parent: `turn-${index - 1}` }),
    ...(index % 2 === 0
      ? { role: 'user', input: text }
      : {
          role: 'assistant',
          status: 'complete',
          output: [
            { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
          ],
          results: [],
        }),
  }))
  return { ...toJSON(), turns }
}

export function useTurns(past: readonly string[]) {
  const [initial] = useState(() => saved(past))
  const { turns, isBusy, send } = useConversation({
    url: '/',
    api: responsesConversation,
    initial,
  })
  return { turns, isBusy, send: () => send('Write.') }
}
