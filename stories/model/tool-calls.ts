import { ApiError } from './api-error.ts'
import { hashOf } from './random.ts'

/** One tool call, independent of the API. */
export interface ToolRequest {
  readonly name: string
  readonly arguments: string
}

/** The function that the embedded upstream can call. */
const knownTool = 'get_forecast'

const cities = ['Kyoto', 'Lisbon', 'Reykjavík', 'Nairobi', 'Montréal'] as const

/**
 * The tool calls for a prompt: a forecast for each city that it names.
 *
 * @throws ApiError if none of the offered functions is known
 */
export function toolRequests(prompt: string, tools: readonly string[]): readonly ToolRequest[] {
  if (tools.length === 0) return []
  if (!tools.includes(knownTool)) {
    throw new ApiError(400, `The embedded model knows only one function, '${knownTool}'.`, {
      param: 'tools',
    })
  }
  const named = cities.filter((city) => prompt.includes(city))
  return (named.length > 0 ? named : ['Kyoto']).map((city) => ({
    name: knownTool,
    arguments: JSON.stringify({
      city,
      days: 1 + (hashOf(city) % 5),
      details: ['temperature', 'rain', 'what to wear'],
      unit: 'celsius',
    }),
  }))
}

/** The answer after the app has run the calls. */
export function answerToOutputs(outputs: readonly string[]): string {
  const lines = outputs.map((output) => `- ${output.replaceAll(/\s+/g, ' ').trim()}`)
  return [
    'I looked it up. Here is what came back:',
    lines.join('\n'),
    'Pack for the coldest of these. A forecast is reliable for about two days, so look again before you leave.',
  ].join('\n\n')
}
