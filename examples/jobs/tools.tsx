import { responsesConversation, useConversation } from 'use-streaming-completion/conversation'
import { defineTools } from 'use-streaming-completion/conversation'
import { z } from 'zod'

const schema = z.object({ city: z.string() })
const tools = defineTools({ weather: { schema, run: ({ city }) => `18 °C in ${city}` } })

export function Weather() {
  const chat = useConversation({ url: '/api', api: responsesConversation, tools })
  const results = chat.turns.flatMap((turn) => (turn.role === 'user' ? [] : turn.results))
  return (
    <main>
      <button onClick={() => chat.send('How warm is it in Rome?')}>Ask</button>
      <p>{results.map((result) => String(result.output))}</p>
      <p>{chat.turns.at(-1)?.text}</p>
    </main>
  )
}
