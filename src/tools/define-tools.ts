import { callTool } from './call-tool.ts'
import { describeTool } from './describe-tool.ts'
import type { DescribedTool, ToolSet } from './tool-set.ts'
import type { AnyTools, Tools } from './tool.ts'

/**
 * Creates the `tools` of a conversation or of `runTools` from tools by name. The input of each `run` is
 * inferred from its schema. Call it once, outside of the component: each result converts the schemas again.
 *
 * @example
 * const tools = defineTools({ time: { schema: z.object({ zone: z.string() }), run: ({ zone }) => timeIn(zone) } })
 */
export function defineTools<Inputs>(tools: Tools<Inputs>): ToolSet {
  let described: readonly DescribedTool[] | undefined
  const byName = tools as AnyTools
  return {
    describe: () =>
      (described ??= Object.entries(byName).map(([name, tool]) => describeTool(name, tool))),
    run: (...call) => callTool(byName, ...call),
  }
}
