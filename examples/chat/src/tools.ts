import { defineTools } from 'use-streaming-completion/conversation'
import { z } from 'zod'

/** The tools that the model may call. They run in the page; a real tool would call your server. */
export const tools = defineTools({
  get_forecast: {
    description: 'The weather forecast of a city',
    schema: z.looseObject({ city: z.string() }),
    async run({ city }, { signal }) {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 1000)
        signal.addEventListener('abort', () => {
          clearTimeout(timer)
          reject(new Error('Stopped.'))
        })
      })
      return { city, celsius: 8 + city.length }
    },
  },
})
