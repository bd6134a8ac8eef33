import type { Tools } from './tool.ts'

/**
 * Types tools that are defined outside of a conversation's options: the input of each `run` is inferred
 * from its schema. Returns the tools unchanged.
 *
 * @example
 * const tools = defineTools({ time: { schema: z.object({ zone: z.string() }), run: ({ zone }) => timeIn(zone) } })
 */
export function defineTools<Inputs>(tools: Tools<Inputs>): Tools<Inputs> {
  return tools
}
