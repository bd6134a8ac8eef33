import { createCompletion } from '../client/create-completion.ts'
import { isRunning, type RunningState, type SettledState } from '../completion/state.ts'
import { appError, optionThrew } from '../errors/app.ts'
import { isCompletionError } from '../errors/completion-error.ts'
import { callApp } from '../publishing/call-app.ts'
import type { CompletionOptions } from '../run/options.ts'
import { callTool } from '../tools/call-tool.ts'
import { describeTools, messageOf } from '../tools/describe-tools.ts'
import type { AnyTools } from '../tools/tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { completedCalls, pendingResults } from './answer-calls.ts'
import { callsToRun, withOutcome, withoutOpenCalls } from './call-outcomes.ts'
import type { ConversationOptions } from './conversation.ts'
import { startedState } from './started-state.ts'
import type { TurnTree } from './turn-tree.ts'
import type { AssistantTurn } from './turn.ts'

const noResults: readonly ToolResult[] = []

/** What answering needs of the conversation, and tells it. */
interface AnsweringHost<Input, Request, Inputs> {
  readonly tree: TurnTree<Input>
  readonly options: () => ConversationOptions<Input, Request, Inputs>
  /** There is something new to show. */
  readonly publish: () => void
  /** A question has come to its end. */
  readonly onEnd: () => void
}

/** What is under way: an answer, or its tools, and all that follows from them. */
interface Activity {
  readonly turn: string
  /** One for the requests and the tools of a question. */
  readonly controller: AbortController
}

/** Asks for answers and runs their tools, one question at a time. */
export class Answering<Input, Request, Inputs> {
  readonly #host: AnsweringHost<Input, Request, Inputs>
  readonly #completion: ReturnType<typeof createCompletion<Request>>
  #activity: Activity | undefined
  /** The turn that is replayed, as it was loaded. */
  #restored: AssistantTurn | undefined
  /** The turns of settled states, for the callbacks. */
  readonly #settledTurns = new WeakMap<SettledState, AssistantTurn>()

  constructor(host: AnsweringHost<Input, Request, Inputs>) {
    this.#host = host
    this.#describedTools()
    const completion = (this.#completion = createCompletion(this.#completionOptions()))
    completion.subscribe(() => {
      const answered = completion.getState()
      if (!this.#activity || answered.status === 'idle') return
      if (isRunning(answered)) {
        if (this.#isBehind(answered)) return
        host.tree.update(this.#activity.turn, answered)
        host.publish()
      } else {
        this.#settle(answered as SettledState)
      }
    })
  }

  /** The turn that is being answered, or whose tools run. */
  get turn(): string | undefined {
    return this.#activity?.turn
  }

  reviewOptions(): void {
    this.#completion.setOptions(this.#completionOptions())
  }

  /** Asks for an answer to a turn. */
  answer(parent: string): void {
    const { tree, options } = this.#host
    const turn = tree.add(parent, {
      role: 'assistant',
      results: noResults,
      ...startedState({ status: 'connecting' }),
    })
    this.#activity = { turn, controller: this.#activity?.controller ?? new AbortController() }
    const turns = tree.pathTo(parent)
    try {
      const { api, instructions } = options()
      const tools = this.#describedTools()
      // Publishes.
      void this.#completion.start(callApi(api, { turns, instructions, tools }))
    } catch (thrown) {
      const error = isCompletionError(thrown) ? thrown : appError(messageOf(thrown))
      const failed = startedState({ status: 'error', error }) as SettledState
      this.#settle(failed)
      this.#callBack(failed)
    }
  }

  /** Goes on with the answer that an earlier page or component left, where `resume` has stored it. */
  restore(): void {
    const { tree, publish } = this.#host
    const turn = tree.lastAnswer()
    if (this.#activity || !/^(reload|unmount)$/.test(String(turn?.abortReason))) return
    const { id } = (this.#restored = turn as AssistantTurn)
    this.#activity = { turn: id, controller: new AbortController() }
    if (this.#completion.restore()) {
      tree.update(id, { status: 'streaming', abortReason: undefined })
      publish()
    } else {
      this.#activity = undefined
    }
  }

  /** Decides about a call of a turn that waits for the user. */
  decide(turn: string, index: number, outcome: Parameters<typeof withOutcome>[2]): void {
    if (this.turn !== turn) this.end('superseded')
    this.#activity ??= { turn, controller: new AbortController() }
    this.#setOutcome(turn, index, outcome)
    if (outcome.status === 'running') void this.#runTool(this.#activity, index, true)
    this.#goOn()
  }

  /** Ends what is under way. Does not publish. */
  end(reason: unknown): void {
    const ended = this.#activity
    if (!ended) return
    ended.controller.abort()
    this.#completion.abort(reason)
    this.stopCalls(ended.turn)
    this.#activity = undefined
  }

  /** Answers the calls of a turn that run or wait for the user. Does not publish. */
  stopCalls(turn: string | undefined): void {
    const { tree } = this.#host
    const results = tree.answer(turn)?.results ?? noResults
    const left = withoutOpenCalls(results)
    if (turn !== undefined && left !== results) tree.update(turn, { results: left })
  }

  /** Whether a replay has not come yet as far as what is shown. */
  #isBehind({ text, reasoning }: SettledState | RunningState): boolean {
    const { turn } = this.#activity as Activity
    const before = this.#restored
    if (before?.id !== turn) return false
    return text.length + reasoning.length < before.text.length + before.reasoning.length
  }

  #completionOptions(): CompletionOptions<Request> {
    return {
      ...this.#host.options(),
      onError: undefined,
      onFinish: (result: SettledState) => this.#callBack(result),
      keepPreviousText: false,
    }
  }

  #tools(): AnyTools | undefined {
    return this.#host.options().tools as AnyTools | undefined
  }

  #describedTools() {
    const offered = this.#tools()
    return offered ? describeTools(offered) : []
  }

  /** Later than what settled the answer, as the callbacks may send, stop or remove. */
  #callBack(result: SettledState) {
    const turn = this.#settledTurns.get(result)
    if (!turn) return
    queueMicrotask(() => {
      const { onError, onFinish } = this.#host.options()
      if (turn.status === 'error') callApp(onError, turn.error, turn)
      callApp(onFinish, turn)
    })
  }

  /** An answer is over: its tools run, or the conversation waits for the user. */
  #settle(result: SettledState) {
    const { tree, publish, onEnd } = this.#host
    const settled = this.#activity as Activity
    const results = pendingResults(result, this.#tools() !== undefined)
    const { status, error, abortReason } = result
    // A replay that fails takes nothing away.
    const isKept = status !== 'complete' && this.#isBehind(result)
    tree.update(settled.turn, isKept ? { status, error, abortReason } : { ...result, results })
    this.#restored = undefined
    this.#settledTurns.set(result, tree.answer(settled.turn) as AssistantTurn)
    const hasRunning = results.some(({ status }) => status === 'running')
    if (!hasRunning) this.#activity = undefined
    // Who has ended it publishes.
    if (settled.controller.signal.aborted) return
    publish()
    if (hasRunning && this.#activity === settled) {
      for (const index of callsToRun(results)) void this.#runTool(settled, index, false)
    } else if (results.length === 0 && result.status === 'complete') {
      onEnd()
    }
  }

  async #runTool({ turn, controller: { signal } }: Activity, index: number, isApproved: boolean) {
    const call = completedCalls(this.#host.tree.answer(turn) as AssistantTurn)[index]
    const offered = this.#tools()
    if (!call || !offered) return
    const outcome = await callTool(offered, call, signal, isApproved)
    // A late outcome changes nothing, and sends nothing.
    if (signal.aborted) return
    this.#setOutcome(turn, index, outcome)
    this.#goOn()
  }

  #setOutcome(turn: string, index: number, outcome: Parameters<typeof withOutcome>[2]) {
    const { tree } = this.#host
    const { results = noResults } = tree.answer(turn) ?? {}
    tree.update(turn, { results: withOutcome(results, index, outcome) })
  }

  /** Asks for the next answer once all calls of the last one have their outputs. */
  #goOn() {
    const { tree, options, publish, onEnd } = this.#host
    const { turn } = this.#activity as Activity
    const { results = noResults } = tree.answer(turn) ?? {}
    const hasRunning = results.some(({ status }) => status === 'running')
    const isWaiting = results.some(({ status }) => status === 'approval')
    const isOver = !hasRunning && !isWaiting && tree.stepsTo(turn) >= (options().maxSteps ?? 10)
    if (hasRunning || isWaiting || isOver) {
      if (!hasRunning) this.#activity = undefined
      publish()
      if (isOver) onEnd()
    } else {
      this.answer(turn)
    }
  }
}

/** Its errors are the app's, and no failure of the network. */
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
