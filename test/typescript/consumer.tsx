/*
 * An app that scripts/test-types.mjs checks against the built types, with each supported compiler.
 */
import { createElement, type MouseEventHandler, type ReactElement } from 'react'
import {
  CompletionError,
  groupTextBlocks,
  isCompletionError,
  moderationGate,
  resumable,
  useCompletionAnnouncer,
  useCompletionState,
  useSmoothText,
  useStreamingCompletion,
  useStreamingObject,
  useTextBlocks,
  type CompletionOptions,
  type CompletionState,
  type DeepPartial,
  type UseStreamingCompletionOptions,
} from 'use-streaming-completion'
import { chatConversation, useConversation } from 'use-streaming-completion/conversation'
import {
  anthropicMessages,
  createCompletion,
  defineFormat,
  readCompletion,
  type Completion,
} from 'use-streaming-completion/core'
import {
  openaiChat,
  useStreamingCompletion as useLeanCompletion,
  withRetry,
} from 'use-streaming-completion/lean'
import {
  completionStream,
  createControlledFetch,
  httpFailure,
  scriptedFetch,
} from 'use-streaming-completion/testing'

type IsEqual<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <_ extends true>() => {}

interface Recipe {
  title: string
  steps: { text: string; minutes: number }[]
}

interface Question {
  prompt: string
}

const acme = defineFormat<{ token?: string; done?: boolean }>({
  name: 'acme',
  read({ json }, output) {
    if (json?.token) output.text(json.token)
    if (json?.done) output.end()
  },
})

const options: UseStreamingCompletionOptions<Question> = {
  url: (question) => `/api/${question.prompt.length}`,
  headers: async () => ({ authorization: 'Bearer of the app' }),
  body: ({ prompt }) => JSON.stringify({ input: prompt }),
  format: acme,
  timeouts: { idle: 60_000 },
  retry: { attempts: 2, delay: 500 },
  resume: resumable({ url: ({ responseId = '' }) => `/api/${responseId}` }),
  moderate: moderationGate({ check: (text, { final }) => final && text.includes('no') }),
  publish: { every: 100 },
  onError: (error, result) => {
    holds<IsEqual<typeof error, CompletionError>>()
    holds<IsEqual<typeof result.status, 'error'>>()
  },
}

export function Answer(): ReactElement {
  const completion = useStreamingCompletion<Question>(options)
  const { polite } = useCompletionAnnouncer(completion, { sentences: true })
  const blocks = useTextBlocks(completion.text, { ended: completion.status === 'complete' })
  const { text } = useSmoothText(completion.text)
  if (completion.status === 'error') {
    holds<IsEqual<typeof completion.error, CompletionError>>()
    holds<IsEqual<typeof completion.abortReason, undefined>>()
  }
  const onClick = () => void completion.start({ prompt: 'Hi' }).then(({ status }) => status)
  return createElement('button', { onClick, title: polite }, text, groupTextBlocks(blocks).length)
}

export function Card(): ReactElement {
  const { object, value, status } = useStreamingObject<Recipe>({ url: '/api/recipe' })
  holds<IsEqual<typeof object, DeepPartial<Recipe> | undefined>>()
  const title: string | undefined = status === 'complete' ? value?.title : object?.steps?.[0]?.text
  return createElement('h2', null, title)
}

export function Status({ completion }: { completion: Completion<string> }): ReactElement {
  const status = useCompletionState(completion, (state) => state.status)
  holds<IsEqual<typeof status, CompletionState['status']>>()
  return createElement('p', null, status)
}

export async function withoutReact(response: Response): Promise<string> {
  const reading = readCompletion(response, { format: anthropicMessages })
  for await (const { text } of reading) if (text.length > 100) break
  const { status, error } = await reading.result
  if (isCompletionError(error) && error.kind === 'http') return `${error.status ?? 0}`
  const { start } = createCompletion<string>({
    url: '/api',
    fetch: scriptedFetch([httpFailure(429), completionStream({ text: 'Hi' }, { end: 'cut' })]),
  })
  const { requests } = createControlledFetch()
  return `${(await start('Hi')).text} ${status} ${requests.length}`
}

const shared: Partial<CompletionOptions> = { retry: 2, timeouts: { idle: 30_000 } }

export function Composed(): ReactElement {
  const { start, abort } = useStreamingCompletion({ ...shared, url: '/api' })
  useStreamingCompletion<Question>({ url: '/api', ...shared })
  useStreamingCompletion({ ...shared, source: () => new Response() })
  // @ts-expect-error one of url and source is required
  useStreamingCompletion({ ...shared })
  // @ts-expect-error one of url and source is required
  useStreamingObject({ retry: 2 })
  // @ts-expect-error an event is no input
  const handler: MouseEventHandler<HTMLButtonElement> = start
  // @ts-expect-error an event is no input
  const listener: (event: Event) => unknown = start
  const stop: MouseEventHandler<HTMLButtonElement> = abort
  const onClick = () => void start({ model: 'gpt-5', input: 'Hi' })
  return createElement('button', { onClick, onFocus: () => [handler, listener], onAuxClick: stop })
}

export function OtherEntries(): ReactElement {
  const { text, start } = useLeanCompletion<string>({ url: '/api', format: openaiChat })
  useLeanCompletion<string>({ url: '/api', format: openaiChat, features: [withRetry], retry: 2 })
  // @ts-expect-error the lean hook knows no format by its name
  useLeanCompletion<string>({ url: '/api', format: 'openai-chat' })
  const { turns, send } = useConversation({ url: '/api', api: chatConversation })
  const onClick = () => {
    void start('Hi')
    send('Hi')
  }
  return createElement('button', { onClick }, text, turns.map((turn) => turn.text).join('\n'))
}
