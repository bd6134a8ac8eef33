import { readdirSync, readFileSync } from 'node:fs'

/** The expected result of a reader. Omitted fields are not compared. */
export interface RecordedOutcome {
  status: string
  kind?: string
  text?: string
  reasoning?: string
  finishReason?: string
  toolCalls?: { name?: string; arguments?: string; status: string }[]
  approvalCount?: number
  usage?: { inputTokens: number | undefined; outputTokens: number | undefined }
  error?: { message: string }
}

/** The stream of a producer in one scenario. */
export interface ProducerRecording {
  scenario: string
  about: string
  status: number
  contentType: string
  /** Why the server broke the body off after these bytes. */
  brokeWith?: string
  expect: RecordedOutcome
  body: string[]
}

export interface Producer {
  name: string
  about: string
  versions: Record<string, string>
  format: 'auto' | 'aiSdkUi' | 'agUi' | 'anthropicMessages' | 'gemini'
  recordings: ProducerRecording[]
}

const folder = new URL('../../fixtures/producers/', import.meta.url)

/** The recordings of other libraries' servers, from `npm run record:producers`. */
export const producers: readonly Producer[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const recorded = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Producer
    return { ...recorded, name: file.replace('.json', '') }
  })
