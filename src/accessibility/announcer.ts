import type { CompletionError } from '../errors/completion-error.ts'
import { isRunning, type CompletionState } from '../completion/state.ts'
import { lastSentenceEnd } from '../text/sentence-end.ts'

/** What is to be in the two live regions of a page; the same object until one of them changes. */
export interface Announcement {
  /** For an element with `role="status"`: a screen reader says it when it has finished what it says. */
  readonly polite: string
  /** For an element with `role="alert"`: a screen reader says it at once. */
  readonly assertive: string
}

/** What is said, in the language of the page. An empty text says nothing. */
export interface AnnouncementMessages {
  /** A run has started. Default: `'Generating an answer.'` */
  started?: string | undefined
  /**
   * It is complete. Default: `'The answer is complete.'`, or what kept it from being whole: the token
   * limit, a content filter, a refusal.
   */
  complete?: ((state: AnnouncedState) => string) | undefined
  /** It was aborted. Default: `'Stopped.'` */
  aborted?: string | undefined
  /** It failed; this alone is said assertively. Default: the error's message. */
  failed?: ((error: CompletionError) => string) | undefined
}

export interface AnnouncerOptions {
  /**
   * Whether to announce the text too, in whole sentences, as they arrive. Sentences that are left at
   * the end are announced before the outcome; half a sentence never is. Default: `false`.
   */
  sentences?: boolean | undefined
  /**
   * How long to leave between two announcements of sentences at least, in milliseconds. A stream is
   * faster than speech, and each announcement takes the place of the one before. Default: 3000.
   */
  interval?: number | undefined
  messages?: AnnouncementMessages | undefined
}

/** What an announcer looks at: the state of any completion, or of a streaming object. */
export type AnnouncedState = Pick<
  CompletionState,
  'status' | 'text' | 'finishReason' | 'error' | 'timing'
>

export const silence: Announcement = { polite: '', assertive: '' }

/** Says what becomes of a completion: once each, and nothing of what had happened before it was there. */
export function createAnnouncer(say: (announcement: Announcement) => void) {
  let state: AnnouncedState | undefined
  let options: AnnouncerOptions = {}
  let said = silence
  /** How much of the text of this run has been said. */
  let spoken = 0
  let spokenAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(polite: string, assertive = '') {
    if (polite === said.polite && assertive === said.assertive) return
    said = { polite, assertive }
    say(said)
  }

  /** Says the sentences that are whole, or in a while those that are by then. */
  function speak() {
    clearTimeout(timer)
    const { interval = 3000, sentences } = options
    // Before the first content, the text may still be that of the run before.
    if (!sentences || !state || !isRunning(state) || state.timing?.firstTokenAt === undefined)
      return
    const due = spokenAt + interval - performance.now()
    if (due > 0) {
      timer = setTimeout(speak, due)
      return
    }
    const end = spoken + lastSentenceEnd(state.text.slice(spoken))
    const text = state.text.slice(spoken, end).trim()
    spoken = end
    if (text === '') return
    spokenAt = performance.now()
    announce(text)
  }

  return {
    /** Tells it the state and the options as they are now. */
    update(next: AnnouncedState, nextOptions: AnnouncerOptions): void {
      const before = state
      state = next
      options = nextOptions
      if (!before) {
        spoken = next.text.length
        return
      }
      const isNew =
        next.timing?.startedAt !== before.timing?.startedAt ||
        // A clock may be too coarse to tell two runs apart.
        (isRunning(next) && !isRunning(before))
      if (isNew) {
        spoken = 0
        spokenAt = -Infinity
      }
      const { messages } = options
      if (next.status === 'idle') announce('')
      else if (isRunning(next)) {
        if (isNew) announce(messages?.started ?? 'Generating an answer.')
        speak()
      } else if (isNew || next.status !== before.status) {
        clearTimeout(timer)
        const rest = options.sentences ? wholeSentences(next, spoken) : ''
        const { error } = next
        if (error) announce(rest, messages?.failed ? messages.failed(error) : error.message)
        else announce([rest, outcome(next, messages)].filter(Boolean).join(' '))
      }
    },
    stop: (): void => clearTimeout(timer),
  }
}

/** The sentences that are left to say at the end. Only an answer that is whole may end without a full stop. */
function wholeSentences({ text, status, finishReason }: AnnouncedState, spoken: number): string {
  const rest = text.slice(spoken).trim()
  const isCut =
    status !== 'complete' || finishReason === 'length' || finishReason === 'content-filter'
  // A sentence counts as whole once another one begins.
  if (isCut) return rest.slice(0, lastSentenceEnd(`${rest} A`)).trim()
  if (!/[\p{L}\p{N}]$/u.test(rest)) return rest
  return rest + (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]$/u.test(rest) ? '。' : '.')
}

function outcome(state: AnnouncedState, messages: AnnouncementMessages | undefined): string {
  if (state.status === 'aborted') return messages?.aborted ?? 'Stopped.'
  if (messages?.complete) return messages.complete(state)
  switch (state.finishReason) {
    case 'length':
      return 'The answer stopped at the token limit.'
    case 'content-filter':
      return 'A content filter cut the answer.'
    case 'refusal':
      return 'The model declined to answer.'
    default:
      return 'The answer is complete.'
  }
}
