import type { Answer } from '../server/answer.ts'
import type { WireFormat } from '../server/wire-format.ts'

export type ContestantName =
  | 'ours'
  | 'ours-every'
  | 'floor'
  | 'naive'
  | 'own-frame'
  | 'fetch-event-source'
  | 'openai'
  | 'ai-sdk'
  | 'ai-sdk-throttled'
  | 'tanstack'
  | 'x-sdk'

export type ViewName = 'pre' | 'blocks' | 'markdown' | 'markdown-blocks' | 'markdown-parts'

/** A contestant in a workload. */
export interface Entry {
  contestant: ContestantName
  view: ViewName
  format: WireFormat
}

/** The measured activity on the page during the stream. */
export type Scenario = 'stream' | 'tasks' | 'typing' | 'navigation' | 'heap' | 'ends' | 'division'

export interface Workload {
  name: string
  title: string
  scenario: Scenario
  answer: Answer
  /** Deltas per second in each stream; 0 sends all of them at once. */
  rate: number
  /** How many hooks stream at once on the page. */
  streams: number
  entries: readonly Entry[]
  /** When a contestant is disqualified, in milliseconds. */
  cap: number
  /** How often the quick run repeats it; not at all if 0. */
  quickRepeats: number
}

export const entryId = ({ contestant, view, format }: Entry) => `${contestant}/${view}/${format}`

export const ours = (view: ViewName, format: WireFormat = 'responses'): Entry => ({
  contestant: 'ours',
  view,
  format,
})

/** With `publish: { every: 50 }`, to compare with others that throttle at the same interval. */
export const oursEvery: Entry = { contestant: 'ours-every', view: 'blocks', format: 'responses' }

export const peer = (contestant: ContestantName, format: WireFormat = 'responses'): Entry => ({
  contestant,
  view: 'pre',
  format,
})

/** The cost of React and this package's blocks without its hook: a lower limit for the hook. */
export const ownFrameInBlocks: Entry = {
  contestant: 'own-frame',
  view: 'blocks',
  format: 'responses',
}

export const aiSdk = peer('ai-sdk', 'ai-sdk')
export const aiSdkThrottled = peer('ai-sdk-throttled', 'ai-sdk')
export const tanstack = peer('tanstack', 'ag-ui')
export const xSdk = peer('x-sdk', 'chat')
