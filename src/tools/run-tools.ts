import type { Completion } from '../client/create-completion.ts'
import type { ToolCall } from '../completion/output-item.ts'
import type { CompleteState, SettledState } from '../completion/state.ts'
import { messageOf } from './message-of.ts'
import {
  callIdOf,
  denied,
  resultOf,
  stopped,
  type CallOutcome,
  type ToolResult,
} from './tool-result.ts'
import type { ToolSet } from './tool-set.ts'

export interface RunToolsOptions<Input> {
  /** The first input of the completion. */
  input: Input
  /**
   * Creates the next input from the previous one, its answer, and the results of its calls. Tools are part
   * of the input: `tools.describe()` with `responsesTool` or `chatTool` lists them, and `responsesOutput` and
   * `chatOutput` convert a result.
   */
  next: (input: Input, answer: CompleteState, results: readonly ToolResult[]) => Input
  /**
   * Decides whether a call that needs approval runs: one whose tool has `approve`, and a computer call with
   * pending safety checks. Without it, no such call is approved.
   */
  approve?: ((call: ToolCall) => boolean | PromiseLike<boolean>) | undefined
  /** @default 10 */
  maxSteps?: number | undefined
  /** Aborts the completion and the tools. */
  signal?: AbortSignal | undefined
}

export interface ToolsRun {
  /** The last answer. */
  readonly state: SettledState
  /** The results of its calls; empty unless the loop was aborted or reached `maxSteps` there. */
  readonly results: readonly ToolResult[]
}

/**
 * Starts a completion, runs the tools that the model calls, and starts it again with their outputs, until
 * an answer calls no tools: the loop of a conversation, for a single completion. The signal ends it, and so
 * does a new `start` or a `reset` of the completion.
 *
 * @returns a promise that never rejects, unless `next` throws
 */
export async function runTools<Input>(
  completion: Completion<Input>,
  tools: ToolSet,
  { input, next, approve, maxSteps = 10, signal }: RunToolsOptions<Input>,
): Promise<ToolsRun> {
  const controller = new AbortController()
  const abort = () => {
    controller.abort()
    completion.abort()
  }
  const run = (call: ToolCall, isChecked: boolean) =>
    untilAborted(
      callApproved(tools, call, controller.signal, approve, isChecked),
      controller.signal,
    )
  signal?.addEventListener('abort', abort)
  try {
    for (let step = 1; ; step++) {
      const settled = completion.start(input)
      if (signal?.aborted) abort()
      const state = await settled
      const calls = state.toolCalls.filter(({ status }) => status === 'completed')
      // A callback may have started or reset the completion.
      const isOver = state.status !== 'complete' || completion.getState().status !== 'complete'
      if (isOver || calls.length === 0) return { state, results: [] }
      // The completion was started or reset elsewhere.
      const unsubscribe = completion.subscribe(() => controller.abort())
      /** A call that is sent twice runs once. */
      const running = new Map<unknown, Promise<CallOutcome>>()
      const outcomes = calls.map((call, index) => {
        const key = call.id || index
        // Pending safety checks of a computer call are for the user.
        const isChecked = state.approvals.every(({ item }) => callIdOf(item) !== call.id)
        const outcome = running.get(key) ?? run(call, isChecked)
        running.set(key, outcome)
        return outcome.then((result) => ({ ...resultOf(call, call.type, 'running'), ...result }))
      })
      const results = await Promise.all(outcomes)
      unsubscribe()
      if (controller.signal.aborted || step >= maxSteps) return { state, results }
      input = next(input, state, results)
    }
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

async function callApproved(
  tools: ToolSet,
  call: ToolCall,
  signal: AbortSignal,
  approve: RunToolsOptions<never>['approve'],
  isChecked: boolean,
): Promise<CallOutcome> {
  if (isChecked) {
    const outcome = await tools.run(call, signal)
    if (outcome.status !== 'approval') return outcome
  }
  try {
    if (await approve?.(call)) return await tools.run(call, signal, true)
    return denied(undefined)
  } catch (thrown) {
    return denied(messageOf(thrown))
  }
}

/** The outcome, or `aborted` as soon as the signal aborts: a tool may ignore its signal. */
function untilAborted(outcome: Promise<CallOutcome>, signal: AbortSignal): Promise<CallOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(stopped)
    signal.addEventListener('abort', () => resolve(stopped))
    void outcome.then(resolve)
  })
}
