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

/** Validates the body of `POST /v1/chat/completions`. */
export function readChatRequest(body: JsonObject): GenerationRequest {
  const model = requireModel(body)
  const { messages, stream_options: streamOptions } = body
  if (messages === undefined) missing('messages')
  if (!Array.isArray(messages)) wrongType('messages', 'an array')
  const format = body['response_format']
  const schema = isObject(format) ? format['json_schema'] : undefined
  return {
    prompt: lastUserText(messages, 'messages'),
    model,
    stream: optionalBoolean(body, 'stream'),
    showReasoning: false,
    includeUsage: isObject(streamOptions) && streamOptions['include_usage'] === true,
    maxOutputTokens: optionalCount(body, 'max_completion_tokens'),
    background: false,
    tools: offeredTools(body['tools']),
    toolOutputs: toolOutputs(messages),
    schemaName: isObject(schema) ? optionalString(schema['name']) : undefined,
  }
}
