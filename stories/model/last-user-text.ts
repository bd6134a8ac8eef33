import { ApiError } from './api-error.ts'
import { isObject } from './generation-request.ts'

/** The text of the last user message. The embedded upstream answers only this one. */
export function lastUserText(messages: readonly unknown[], param: string): string {
  const message = messages.findLast((each) => isObject(each) && each['role'] === 'user')
  const content = isObject(message) ? message['content'] : undefined
  if (typeof content === 'string') return content
  if (Array.isArray(content)) {
    return content
      .map((part: unknown) =>
        isObject(part) && typeof part['text'] === 'string' ? part['text'] : '',
      )
      .join('\n')
  }
  throw new ApiError(400, `The parameter '${param}' must hold a message with the role 'user'.`, {
    code: 'invalid_value',
    param,
  })
}
