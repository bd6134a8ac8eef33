import type { DemoModel } from '../models.ts'

/** The API that the page uses. */
export type Api = 'responses' | 'chat'

/** The request body: the API's own format, without additions. */
export function requestBody(api: Api, model: DemoModel, prompt: string): object {
  if (api === 'chat') {
    return {
      model: model.id,
      messages: [{ role: 'user', content: prompt }],
      stream: true,
      stream_options: { include_usage: true },
    }
  }
  return {
    model: model.id,
    input: prompt,
    stream: true,
    ...(model.reasons ? { reasoning: { summary: 'auto' } } : {}),
  }
}
