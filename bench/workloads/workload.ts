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

/** A contestant as it takes part in a workload. */
export interface Entry {
  contestant: ContestantName
  view: ViewName
  format: WireFormat
}

/** What happens on the page during the stream, and is measured. */
export type Scenario = 'stream' | 'tasks' | 'typing' | 'navigation' | 'heap' | 'ends' | 'division'

export interface Workload {
  name: string
  title: string
  scenario: Scenario
  answer: Answer
  /** Deltas a second in each stream; 0 sends all of them at once. */
  rate: number
  /** How many hooks stream at once on the page. */
  streams: number
  entries: readonly Entry[]
  /** When a contestant is given up, in milliseconds. */
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

/** With `publish: { every: 50 }`, to compare with what others throttle at that. */
export const oursEvery: Entry = { contestant: 'ours-every', view: 'blocks', format: 'responses' }

export const peer = (contestant: ContestantName, format: WireFormat = 'responses'): Entry => ({
  contestant,
  view: 'pre',
  format,
})

/** What React and this package's blocks take, however the stream is read: a lower limit for its own hook. */
export const ownFrameInBlocks: Entry = {
  contestant: 'own-frame',
  view: 'blocks',
  format: 'responses',
}

export const aiSdk = peer('ai-sdk', 'ai-sdk')
export const aiSdkThrottled = peer('ai-sdk-throttled', 'ai-sdk')
export const tanstack = peer('tanstack', 'ag-ui')
export const xSdk = peer('x-sdk', 'chat')
