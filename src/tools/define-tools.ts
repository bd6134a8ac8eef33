import type { Tools } from './tool.ts'

/**
 * Gives tools that stand outside of a conversation's options their types: the input of each `run` is
 * inferred from its schema. Returns them as they are.
 *
 * @example
 * const tools = defineTools({ time: { schema: z.object({ zone: z.string() }), run: ({ zone }) => timeIn(zone) } })
 */
export function defineTools<Inputs>(tools: Tools<Inputs>): Tools<Inputs> {
  return tools
}
