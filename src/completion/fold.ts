import type {
  CompletionEvent,
  ContentEvent,
  Metadata,
} from '../formats/vocabulary/completion-event.ts'
import { ChoiceBuilder } from './choice-builder.ts'
import { emptyOutput } from './derive-channels.ts'
import { SparseList } from './sparse-list.ts'
import type { CompletionContent } from './state.ts'

/** The content before anything has arrived. */
export const emptyContent: CompletionContent = {
  ...emptyOutput,
  transcript: '',
  logprobs: undefined,
  finishReason: undefined,
  rawFinishReason: undefined,
  choices: undefined,
  usage: undefined,
  moderation: undefined,
  responseId: undefined,
  model: undefined,
  serviceTier: undefined,
}

const metadataNames = ['responseId', 'model', 'serviceTier', 'usage', 'moderation'] as const

/** Folds the events of one completion into its content. */
export class CompletionFold {
  /** Whether anything has changed since the last snapshot. */
  changed = false
  /** Whether anything that a user could see has arrived. */
  hasContent = false
  /** How many events carried output text. */
  textEvents = 0
  /** The length of all output text, in UTF-16 code units. */
  textLength = 0
  readonly #choices = new SparseList<ChoiceBuilder>()
  #metadata: Metadata = {}
  #content = emptyContent

  /** @param events how many events of the wire it stands for */
  apply(event: ContentEvent, events = 1): void {
    this.hasContent ||= carriesContent(event)
    if (event.type === 'metadata') {
      this.#applyMetadata(event)
    } else {
      const choice = this.#choices.get(event.choice) ?? this.#open(event.choice)
      const before = choice.output.textLength
      choice.apply(event)
      this.textLength += choice.output.textLength - before
      this.changed ||= choice.output.changed
      if (event.type === 'delta' && event.channel === 'output_text') {
        this.textEvents += events
      }
    }
  }

  /** Closes what is still open. Called once, when the run settles, whatever the outcome. */
  close(proper: boolean): void {
    for (const choice of this.#choices.values()) choice.close(proper)
    this.changed = true
  }

  /** The content so far: immutable, and the same reference as long as nothing changes. */
  snapshot(): CompletionContent {
    if (!this.changed) return this.#content
    this.changed = false
    const choices = this.#choices.values().map((choice) => choice.snapshot())
    const { index: _, ...first } = choices[0] ?? { index: 0 }
    const content: Partial<CompletionContent> = {
      ...emptyContent,
      ...first,
      choices: choices.length > 1 ? choices : undefined,
      ...(this.#metadata as Partial<CompletionContent>),
    }
    return (this.#content = content as CompletionContent)
  }

  #open(index: number): ChoiceBuilder {
    // The first choice alone changes nothing that is shown; each further one adds a choice.
    this.changed ||= this.#choices.size > 0
    const choice = new ChoiceBuilder(index)
    this.#choices.set(index, choice)
    return choice
  }

  /** The first identifier and the last of the others: servers name a router first, the model later. */
  #applyMetadata(event: Metadata) {
    for (const name of metadataNames) {
      const before = this.#metadata[name]
      const value = event[name]
      if (!value || value === before || (before && name === 'responseId')) continue
      this.#metadata = { ...this.#metadata, [name]: value }
      this.changed = true
    }
  }
}

/** Whether an event contains anything that a user could see. */
export function carriesContent(event: CompletionEvent): boolean {
  switch (event.type) {
    case 'delta':
      return event.delta !== ''
    case 'done':
      return event.value !== ''
    case 'output-done':
      return event.items.length > 0
    default:
      return event.type === 'item-done' || event.type === 'transcript'
  }
}
