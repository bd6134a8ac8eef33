import { z } from 'zod'
import { chatChunk, data, done } from '../../support/wire-text.ts'

export interface Recipe {
  name: string
  steps: string[]
}

export const schema = z.object({ name: z.string(), steps: z.array(z.string()) })

export const recipe: Recipe = { name: 'Soup', steps: ['Chop', 'Boil'] }

/** A text chunk. */
export const text = (content: string) => data(chatChunk({ content }))

/** A chunk with a piece of the arguments of a tool call. */
export const toolCall = (name: string, args: string, index = 0) =>
  data(
    chatChunk({
      tool_calls: [{ index, id: `call_${index}`, function: { name, arguments: args } }],
    }),
  )

export const moreArguments = (args: string, index = 0) =>
  data(chatChunk({ tool_calls: [{ index, function: { arguments: args } }] }))

/** The end of a stream. */
export const finish = (reason = 'stop') => data(chatChunk({}, reason)) + done
