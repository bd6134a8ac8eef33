import { ApiError } from './api-error.ts'
import {
  isObject,
  missing,
  optionalBoolean,
  optionalCount,
  optionalString,
  requireModel,
  wrongType,
} from './generation-request.ts'
import type { GenerationRequest, JsonObject } from './generation-request.ts'
import { lastUserText } from './last-user-text.ts'
import { offeredTools, toolOutputs } from './offered-tools.ts'

/** Validates the body of `POST /v1/responses`. */
export function readResponsesRequest(body: JsonObject): GenerationRequest {
  const model = requireModel(body)
  const { input, reasoning } = body
  if (input === undefined) missing('input')
  if (typeof input !== 'string' && !Array.isArray(input)) wrongType('input', 'a string or an array')
  const outputs = Array.isArray(input) ? toolOutputs(input) : []
  const format = isObject(body['text']) ? body['text']['format'] : undefined
  return {
    prompt: Array.isArray(input) ? promptOf(input, outputs) : input,
    model,
    stream: optionalBoolean(body, 'stream'),
    showReasoning: isObject(reasoning) && typeof reasoning['summary'] === 'string',
    includeUsage: true,
    maxOutputTokens: optionalCount(body, 'max_output_tokens'),
    background: requireStored(body),
    tools: offeredTools(body['tools']),
    toolOutputs: outputs,
    schemaName: isObject(format) ? optionalString(format['name']) : undefined,
  }
}

/** A turn with tool outputs refers to the previous turn and has no new user text. */
function promptOf(input: readonly unknown[], outputs: readonly string[]): string {
  const said = input.some((each) => isObject(each) && each['role'] === 'user')
  return outputs.length > 0 && !said ? '' : lastUserText(input, 'input')
}

/** Background responses are stored, so the API requires `store`. */
function requireStored(body: JsonObject): boolean {
  const background = optionalBoolean(body, 'background')
  if (!background || body['store'] !== false) return background
  throw new ApiError(400, "Background responses need 'store' to be true.", { param: 'background' })
}
