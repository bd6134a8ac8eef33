import OpenAI from 'openai'
import { useState } from 'react'
import type { UseAnswer } from '../page/contestant.ts'

/** The official client, with state set for every delta of its stream. */
export const useAnswer: UseAnswer = (url, format) => {
  const [text, setText] = useState('')
  const [finished, setFinished] = useState(false)

  async function read() {
    const client = new OpenAI({
      apiKey: 'none',
      baseURL: url,
      dangerouslyAllowBrowser: true,
      maxRetries: 0,
    })
    if (format === 'chat') {
      const stream = await client.chat.completions.create({
        model: 'gpt-5',
        messages: [{ role: 'user', content: 'Write.' }],
        stream: true,
      })
      for await (const { choices } of stream) {
        const delta = choices[0]?.delta.content
        if (delta) setText((before) => before + delta)
      }
    } else {
      const stream = await client.responses.create({
        model: 'gpt-5',
        input: 'Write.',
        stream: true,
      })
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') setText((before) => before + event.delta)
      }
    }
    setFinished(true)
  }

  return {
    text,
    finished,
    start: () => {
      void read()
    },
  }
}
