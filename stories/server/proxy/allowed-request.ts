import { demoModels } from '../../models.ts'
import { withDemoDefaults } from '../../model/with-demo-defaults.ts'
import { ProxyError } from './proxy-error.ts'

/** The API of a request. */
export type Api = 'responses' | 'chat' | 'moderations'

export interface AllowedRequest {
  readonly api: Api
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * The requests that this proxy accepts. Everyone who can reach it spends money on your key, so it accepts
 * only what the page needs: no files, no hosted tools, no other models.
 */
const fields: Readonly<Record<Api, readonly string[]>> = {
  responses: [
    'model',
    'input',
    'instructions',
    'stream',
    'reasoning',
    'max_output_tokens',
    'background',
    'tools',
    'text',
    'previous_response_id',
  ],
  chat: [
    'model',
    'messages',
    'stream',
    'stream_options',
    'max_completion_tokens',
    'tools',
    'response_format',
  ],
  moderations: ['input'],
}

/** @throws ProxyError if the request is not allowed. */
export function allowedRequest(body: string, api: Api | undefined): AllowedRequest {
  const sent = parse(body)
  const parsed = api === 'moderations' ? sent : withDemoDefaults(sent)
  const chosen = api ?? ('messages' in parsed ? 'chat' : 'responses')
  for (const field of Object.keys(parsed)) {
    if (fields[chosen].includes(field)) continue
    throw new ProxyError(400, 'field_not_allowed', `This proxy does not forward '${field}'.`)
  }
  const { model } = parsed
  if (model !== undefined && !demoModels.some(({ id }) => id === model)) {
    const allowed = demoModels.map(({ id }) => id).join(', ')
    throw new ProxyError(400, 'model_not_allowed', `This proxy forwards only ${allowed}.`)
  }
  requireFunctions(parsed['tools'])
  if (chosen === 'moderations') return { api: chosen, body: parsed }
  return { api: chosen, body: { ...parsed, store: chosen === 'responses' && isReturnedTo(parsed) } }
}

/** Hosted tools cost extra and can access more than this page. */
function requireFunctions(tools: unknown) {
  if (tools === undefined) return
  const isFunction = (tool: unknown) =>
    typeof tool === 'object' && tool !== null && 'type' in tool && tool.type === 'function'
  if (Array.isArray(tools) && tools.every(isFunction)) return
  throw new ProxyError(
    400,
    'tool_not_allowed',
    'This proxy forwards only functions, no other tools.',
  )
}

/** The provider must store background responses and responses that wait for tool outputs. */
function isReturnedTo(body: Readonly<Record<string, unknown>>): boolean {
  return body['background'] === true || body['tools'] !== undefined
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // Reported below, together with JSON that is not an object.
  }
  throw new ProxyError(400, 'invalid_json', 'The request must be a JSON object.')
}
