import { createCompletion } from '../client/create-completion.ts'
import { isRunning, type RunningState, type SettledState } from '../completion/state.ts'
import { appError, optionThrew } from '../errors/app.ts'
import { isCompletionError } from '../errors/completion-error.ts'
import { callApp } from '../publishing/call-app.ts'
import type { CompletionOptions } from '../run/options.ts'
import { messageOf } from '../tools/message-of.ts'
import {
  isAnswered,
  stopped,
  toolMissing,
  type CallOutcome,
  type ToolResult,
  type ToolResultStatus,
} from '../tools/tool-result.ts'
import { completedCalls, pendingResults } from './answer-calls.ts'
import type { ConversationOptions } from './conversation.ts'
import { startedState } from './started-state.ts'
import type { TurnTree } from './turn-tree.ts'
import type { AssistantTurn } from './turn.ts'

/** What answering reads from the conversation, and how it reports to it. */
interface AnsweringHost<Input, Request> {
  readonly tree: TurnTree<Input>
  readonly options: () => ConversationOptions<Input, Request>
  readonly publish: () => void
  /** Called when the last answer to a question has ended. */
  readonly onEnd: () => void
}

/** Asks for answers and runs their tools, one question at a time. */
export interface Answering {
  /** The turn whose answer or tools are running. */
  turn: () => string | undefined
  /** Requests an answer to a turn, and publishes it. */
  answer: (parent: string) => void
  /** Continues the answer that an earlier page or component left, if `resume` has stored it. */
  restore: () => void
  /** Sets the outcome of a call that waits for the user. The status `running` runs its tool. */
  decide: (turn: string, index: number, outcome: CallOutcome) => void
  /** Ends what is running. Does not publish. */
  end: (reason: unknown) => void
  /** Ends the calls of a turn that run or wait for the user. Does not publish. */
  stopCalls: (turn: string | undefined) => void
  reviewOptions: () => void
}

/** A running answer or its tools, and everything that follows from them. */
interface Activity {
  readonly turn: string
  /** Covers all requests and tools of a question. */
  readonly controller: AbortController
}

export function createAnswering<Input, Request>({
  tree,
  options,
  publish,
  onEnd,
}: AnsweringHost<Input, Request>): Answering {
  let activity: Activity | undefined
  /** The turn that is replayed, as it was loaded. */
  let restored: AssistantTurn | undefined

  // An error in a schema is thrown when the conversation is created.
  describeTools()
  const completion = createCompletion<Request>(completionOptions())
  completion.subscribe(() => {
    const state = completion.getState()
    if (!activity || state.status === 'idle') return
    if (!isRunning(state)) {
      settle(state as SettledState)
    } else if (!isBehind(state)) {
      tree.update(activity.turn, state)
      publish()
    }
  })

  function completionOptions(): CompletionOptions<Request> {
    return { ...options(), onError: undefined, onFinish: undefined, keepPreviousText: undefined }
  }

  function describeTools() {
    const { tools } = options()
    if (tools && !('describe' in tools)) throw new TypeError('Pass the tools through defineTools.')
    return tools?.describe() ?? []
  }

  function begin(turn: string) {
    activity = { turn, controller: activity?.controller ?? new AbortController() }
    return activity
  }

  function resultsOf(turn: string | undefined): readonly ToolResult[] {
    return tree.answer(turn)?.results ?? []
  }

  function answer(parent: string) {
    const turns = tree.pathTo(parent)
    const replaced = tree.path()[turns.length]
    begin(
      tree.add(parent, {
        role: 'assistant',
        results: [],
        ...startedState({ status: 'connecting' }),
      }),
    )
    try {
      const { api, instructions } = options()
      const tools = describeTools()
      // Publishes.
      void completion.start(callApi(api, { turns, replaced, instructions, tools }))
    } catch (thrown) {
      const error = isCompletionError(thrown) ? thrown : appError(messageOf(thrown))
      settle(startedState({ status: 'error', error }) as SettledState)
    }
  }

  /** Whether a replay has not reached the text that is shown already. */
  function isBehind({ text, reasoning }: SettledState | RunningState): boolean {
    return (
      restored !== undefined &&
      text.length + reasoning.length < restored.text.length + restored.reasoning.length
    )
  }

  function settle(result: SettledState) {
    const settled = activity as Activity
    const { turn, controller } = settled
    const { status, error, abortReason } = result
    const results = pendingResults(result, options().tools !== undefined)
    // A replay that fails does not remove anything.
    const isKept = status !== 'complete' && isBehind(result)
    tree.update(turn, isKept ? { status, error, abortReason } : { ...result, results })
    restored = undefined
    callBack(tree.answer(turn) as AssistantTurn)
    // The code that aborted it publishes.
    if (controller.signal.aborted) return
    goOn(turn)
    results.forEach((call, index) => {
      // A call that was sent twice runs once.
      const isFirst = results.findIndex(({ id }) => id === call.id) === index
      if (call.status === 'running' && isFirst && activity === settled) void runTool(settled, index)
    })
  }

  /** In a microtask, because the callbacks may send, stop or remove. */
  function callBack(turn: AssistantTurn) {
    queueMicrotask(() => {
      const { onError, onFinish } = options()
      if (turn.status === 'error') callApp(onError, turn.error, turn)
      callApp(onFinish, turn)
    })
  }

  async function runTool(
    { turn, controller: { signal } }: Activity,
    index: number,
    isApproved?: boolean,
  ) {
    const call = completedCalls(tree.answer(turn) as AssistantTurn)[index]
    const { tools } = options()
    const outcome = await (call && tools
      ? tools.run(call, signal, isApproved)
      : toolMissing(call?.name))
    // A late outcome changes nothing and sends nothing.
    if (signal.aborted) return
    setOutcome(turn, index, outcome)
    goOn(turn)
  }

  /** A call that was sent twice has one outcome. */
  function setOutcome(turn: string, index: number, outcome: CallOutcome) {
    const results = resultsOf(turn)
    const { id, type } = results[index] as ToolResult
    tree.update(turn, {
      results: results.map((result, at) =>
        at === index || (id && result.id === id && result.type === type)
          ? { ...result, ...outcome }
          : result,
      ),
    })
  }

  /** Publishes, or asks for the next answer once all calls of the last one have outputs. */
  function goOn(turn: string) {
    const { status, results } = tree.answer(turn) as AssistantTurn
    const has = (wanted: ToolResultStatus) => results.some((each) => each.status === wanted)
    const isDone = status === 'complete' && !has('approval')
    const steps = tree
      .pathTo(turn)
      .reverse()
      .findIndex(({ role }) => role === 'user')
    if (has('running')) {
      publish()
    } else if (isDone && results.length > 0 && steps < (options().maxSteps ?? 10)) {
      answer(turn)
    } else {
      activity = undefined
      publish()
      if (isDone) onEnd()
    }
  }

  function stopCalls(turn: string | undefined) {
    const results = resultsOf(turn)
    if (turn === undefined || results.every(isAnswered)) return
    tree.update(turn, {
      results: results.map((each) => (isAnswered(each) ? each : { ...each, ...stopped })),
    })
  }

  function end(reason: unknown) {
    for (let ended; (ended = activity);) {
      ended.controller.abort()
      // A tool may send or stop when its signal aborts, so what runs now may be another answer.
      if (activity !== ended) continue
      completion.abort(reason)
      stopCalls(ended.turn)
      activity = undefined
    }
  }

  return {
    turn: () => activity?.turn,
    answer(parent) {
      end('superseded')
      answer(parent)
    },
    restore() {
      const turn = tree
        .all()
        .map((placed) => placed.turn)
        .findLast((each) => each.role === 'assistant')
      if (activity || !turn || !/^(reload|unmount)$/.test(String(turn.abortReason))) return
      const { responseId } = turn
      // The answer of another tab may have been saved in place of the one that this tab was reading.
      if (responseId && (options().resume?.restore?.()?.responseId ?? responseId) !== responseId)
        return
      restored = turn
      begin(turn.id)
      if (completion.restore()) {
        tree.update(turn.id, { status: 'streaming', abortReason: undefined })
        publish()
      } else {
        activity = restored = undefined
      }
    },
    decide(turn, index, outcome) {
      if (activity?.turn !== turn) end('superseded')
      const current = begin(turn)
      setOutcome(turn, index, outcome)
      if (outcome.status === 'running') void runTool(current, index, true)
      goOn(turn)
    },
    end,
    stopCalls,
    reviewOptions: () => completion.setOptions(completionOptions()),
  }
}

/** An error that `api` throws is an error of the app, not of the network. */
function callApi<Argument, Request>(
  api: (request: Argument) => Request,
  argument: Argument,
): Request {
  try {
    return api(argument)
  } catch (thrown) {
    throw isCompletionError(thrown) ? thrown : optionThrew('api', thrown)
  }
}
