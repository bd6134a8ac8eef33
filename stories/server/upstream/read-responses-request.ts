import { ApiError } from './api-error.ts'
import {
  isObject,
  missing,
  optionalBoolean,
  optionalCount,
  requireModel,
  wrongType,
} from './generation-request.ts'
import type { GenerationRequest, JsonObject } from './generation-request.ts'
import { lastUserText } from './last-user-text.ts'

/** Validates the body of `POST /v1/responses`. */
export function readResponsesRequest(body: JsonObject): GenerationRequest {
  const model = requireModel(body)
  const { input, reasoning } = body
  if (input === undefined) missing('input')
  if (typeof input !== 'string' && !Array.isArray(input)) wrongType('input', 'a string or an array')
  return {
    prompt: typeof input === 'string' ? input : lastUserText(input, 'input'),
    model,
    stream: optionalBoolean(body, 'stream'),
    showReasoning: isObject(reasoning) && typeof reasoning['summary'] === 'string',
    includeUsage: true,
    maxOutputTokens: optionalCount(body, 'max_output_tokens'),
    background: requireStored(body),
  }
}

/** What runs in the background has to be kept, so the API insists on `store`. */
function requireStored(body: JsonObject): boolean {
  const background = optionalBoolean(body, 'background')
  if (!background || body['store'] !== false) return background
  throw new ApiError(400, "Background responses need 'store' to be true.", { param: 'background' })
}
