import { defineTools } from 'use-streaming-completion/conversation'
import { z } from 'zod'

/** What the model may call. It runs in the page; a real one asks your server. */
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
