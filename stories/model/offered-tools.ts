import { isObject } from './generation-request.ts'

/** The names of the functions that a request to either API offers. */
export function offeredTools(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) return []
  return tools.flatMap((tool: unknown) => {
    if (!isObject(tool) || tool['type'] !== 'function') return []
    const { name } = isObject(tool['function']) ? tool['function'] : tool
    return typeof name === 'string' ? [name] : []
  })
}

/** The tool outputs after the last user message. */
export function toolOutputs(messages: readonly unknown[]): readonly string[] {
  const lastSaid = messages.findLastIndex((each) => isObject(each) && each['role'] === 'user')
  return messages.slice(lastSaid + 1).flatMap((each) => {
    if (!isObject(each)) return []
    const output = each['role'] === 'tool' ? each['content'] : each['output']
    return typeof output === 'string' ? [output] : []
  })
}
