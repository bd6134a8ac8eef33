import type { CompletionError } from '../errors.ts'
import type { CompletionEvent } from '../formats/completion-event.ts'
import { ChoiceBuilder } from './choice-builder.ts'
import { emptyOutput } from './derive-channels.ts'
import { OrderedMap } from './ordered-map.ts'
import type { Choice, ChoiceContent, CompletionContent } from './state.ts'

/** How the events say that the completion ended. */
export type Ending =
  { type: 'complete' } | { type: 'truncated' } | { type: 'failed'; error: CompletionError }

type CompletionEventOf<T extends CompletionEvent['type']> = Extract<CompletionEvent, { type: T }>

/** An event that concerns one choice. */
type ChoiceEvent = Extract<CompletionEvent, { choice: number }>

const emptyChoice: ChoiceContent = {
  ...emptyOutput,
  transcript: '',
  logprobs: undefined,
  finishReason: undefined,
  rawFinishReason: undefined,
}

/** The content before anything has arrived. */
export const emptyContent: CompletionContent = {
  ...emptyChoice,
  choices: undefined,
  usage: undefined,
  moderation: undefined,
  responseId: undefined,
  model: undefined,
  serviceTier: undefined,
}

/** Folds the events of one completion into its content. */
export class CompletionFold {
  readonly #choices = new OrderedMap<ChoiceBuilder>()
  #meta: Omit<CompletionContent, keyof ChoiceContent | 'choices'> = {
    usage: undefined,
    moderation: undefined,
    responseId: undefined,
    model: undefined,
    serviceTier: undefined,
  }
  #content = emptyContent
  #changed = false
  #textEvents = 0
  #textLength = 0
  #hasContent = false
  #hasChoice = false
  #ending: Ending | undefined

  /** Set once an event has said how the completion ended. Events after it change nothing. */
  get ending(): Ending | undefined {
    return this.#ending
  }

  /** Whether anything has changed since the last snapshot. */
  get changed(): boolean {
    return this.#changed
  }

  /** Whether anything that a user could see has arrived. */
  get hasContent(): boolean {
    return this.#hasContent
  }

  /** How many events carried output text. */
  get textEvents(): number {
    return this.#textEvents
  }

  /** The length of all output text, in UTF-16 code units. */
  get textLength(): number {
    return this.#textLength
  }

  apply(event: CompletionEvent) {
    if (this.#ending) return
    switch (event.type) {
      case 'metadata':
        this.#applyMetadata(event)
        break
      case 'usage':
        this.#meta = { ...this.#meta, usage: event.usage }
        this.#changed = true
        break
      case 'moderation':
        this.#meta = { ...this.#meta, moderation: event.moderation }
        this.#changed = true
        break
      case 'failure':
        this.#ending = { type: 'failed', error: event.error }
        break
      case 'end':
        this.#ending = { type: event.proper ? 'complete' : 'truncated' }
        break
      default: {
        const choice = this.#open(event.choice)
        const before = choice.output.textLength
        this.#applyToChoice(choice, event)
        this.#hasContent ||= carriesContent(event)
        this.#textLength += choice.output.textLength - before
        this.#changed ||= choice.changed
      }
    }
  }

  #applyToChoice(choice: ChoiceBuilder, event: ChoiceEvent) {
    const { output } = choice
    switch (event.type) {
      case 'choice-opened':
        break
      case 'delta':
        output.append(event.channel, event.item, event.part, event.delta)
        if (event.channel === 'text') this.#textEvents++
        break
      case 'done':
        output.replace(event.channel, event.item, event.part, event.value)
        break
      case 'item-added':
        output.addItem(event.item, event.value)
        break
      case 'item-changed':
        output.changeItem(event.item, event.fields)
        break
      case 'item-done':
        output.completeItem(event.item, event.value)
        break
      case 'annotation':
        output.annotate(event.item, event.part, event.index, event.annotation)
        break
      case 'output-done':
        output.completeOutput(event.items)
        break
      case 'finish':
        choice.finish(event.reason, event.raw)
        break
      case 'transcript':
        choice.transcribe(event.delta)
        break
      case 'logprobs':
        choice.addLogprobs(event.values)
        break
      default:
        event satisfies never
    }
  }

  /** Closes what is still open. Called once, when the run settles, whatever the outcome. */
  close(proper: boolean) {
    for (const choice of this.#choices.values()) choice.close(proper)
    this.#changed = true
  }

  /** The content so far: immutable, and the same reference as long as nothing changes. */
  snapshot(): CompletionContent {
    if (!this.#changed) return this.#content
    this.#changed = false
    const choices = this.#choices.values().map((choice) => choice.snapshot())
    this.#content = {
      ...(choices[0] ? contentOf(choices[0]) : emptyChoice),
      choices: choices.length > 1 ? choices : undefined,
      ...this.#meta,
    }
    return this.#content
  }

  #open(index: number): ChoiceBuilder {
    let choice = this.#choices.get(index)
    if (!choice) {
      choice = new ChoiceBuilder(index)
      this.#choices.set(index, choice)
      // The first alone shows nothing new; from the second on there is one choice more to show.
      this.#changed ||= this.#hasChoice
      this.#hasChoice = true
    }
    return choice
  }

  /** The first identifier and the last of the others: servers name a router first, the model later. */
  #applyMetadata(event: CompletionEventOf<'metadata'>) {
    const { responseId, model, serviceTier } = this.#meta
    const id = responseId || event.responseId
    const named = event.model || model
    const tier = event.serviceTier || serviceTier
    if (id === responseId && named === model && tier === serviceTier) return
    this.#meta = { ...this.#meta, responseId: id, model: named, serviceTier: tier }
    this.#changed = true
  }
}

/** Whether an event brings anything that a user could see. */
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

function contentOf({ index: _, ...content }: Choice): ChoiceContent {
  return content
}
