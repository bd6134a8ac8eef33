import type { CompletionError } from '../errors/completion-error.ts'
import { isRunning, type CompletionState } from '../completion/state.ts'
import { lastSentenceEnd } from '../text/sentence-end.ts'

/** The text of the two live regions of a page. The same object until one of them changes. */
export interface Announcement {
  /** For an element with `role="status"`: a screen reader reads it after the current speech. */
  readonly polite: string
  /** For an element with `role="alert"`: a screen reader reads it immediately. */
  readonly assertive: string
}

/** The announcements, in the language of the page. An empty text announces nothing. */
export interface AnnouncementMessages {
  /** Announced when a run starts. Default: `'Generating an answer.'` */
  started?: string | undefined
  /**
   * Announced when the run completes. Default: `'The answer is complete.'`, or a message about the
   * token limit, the content filter or the refusal that ended it.
   */
  complete?: ((state: AnnouncedState) => string) | undefined
  /** Announced when calls wait for the user's approval. Default: `'Your approval is needed.'` */
  approval?: string | undefined
  /** Announced when the run is aborted. Default: `'Stopped.'` */
  aborted?: string | undefined
  /** Announced when the run fails, as the only assertive message. Default: the error's message. */
  failed?: ((error: CompletionError) => string) | undefined
}

export interface AnnouncerOptions {
  /**
   * Whether to announce the text as well, in whole sentences, as they arrive. The remaining sentences
   * are announced before the outcome; an incomplete sentence never is. Default: `false`.
   */
  sentences?: boolean | undefined
  /**
   * Whether to announce the commentary, in whole sentences, as it arrives: the model's progress messages
   * before the answer, for example that it is searching the web. Default: the value of `sentences`.
   */
  commentary?: boolean | undefined
  /**
   * The minimum time between two announcements of sentences, in milliseconds. A stream is faster than
   * speech, and each announcement replaces the previous one. Default: 3000.
   */
  interval?: number | undefined
  messages?: AnnouncementMessages | undefined
}

/** The part of a state that an announcer reads: of any completion, streaming object or assistant turn. */
export type AnnouncedState = Pick<
  CompletionState,
  'status' | 'text' | 'finishReason' | 'error' | 'timing'
> &
  Partial<Pick<CompletionState, 'commentary' | 'output'>> & {
    readonly results?: readonly { readonly status: string }[]
  }

const nothing = { status: 'idle', text: '' } as AnnouncedState

export const silence: Announcement = { polite: '', assertive: '' }

/**
 * Announces when a completion starts, completes, stops or fails. It never announces what happened
 * before its first `update`.
 */
export function createAnnouncer(say: (announcement: Announcement) => void) {
  let state: AnnouncedState | undefined
  let options: AnnouncerOptions = {}
  let said = silence
  /** The lengths of the text and the commentary of this run that have been announced. */
  let spoken = 0
  let commented = 0
  let spokenAt = -Infinity
  let updatedAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(polite: string, assertive = '') {
    if (polite === said.polite && assertive === said.assertive) return
    said = { polite, assertive }
    say(said)
  }

  /** Announces the complete sentences, now or once the interval has passed. */
  function speak() {
    clearTimeout(timer)
    const { interval = 3000, sentences = false, commentary: comments = sentences } = options
    if (!sentences && !comments) return
    // Until the first content arrives, the text may still be that of the previous run.
    if (!state || !isRunning(state) || state.timing?.firstTokenAt === undefined) return
    const due = spokenAt + interval - performance.now()
    if (due > 0) {
      timer = setTimeout(speak, due)
      return
    }
    const { text } = state
    const comment = comments ? openCommentary(state, commented) : ''
    commented += comment.length
    const end = sentences ? spoken + lastSentenceEnd(text.slice(spoken)) : spoken
    const words = joined(comment, text.slice(spoken, end))
    spoken = end
    if (words === '') return
    spokenAt = performance.now()
    announce(words)
  }

  return {
    /** Passes the current state and options. */
    update(given: AnnouncedState | undefined, nextOptions: AnnouncerOptions): void {
      const next = given ?? nothing
      const before = state
      state = next
      options = nextOptions
      const { startedAt = 0, settledAt = startedAt } = next.timing ?? {}
      const isNew =
        startedAt !== (before?.timing?.startedAt ?? 0) ||
        // A clock may be too coarse to tell two runs apart.
        (isRunning(next) && before !== undefined && !isRunning(before))
      const now = performance.now()
      // An earlier answer is shown again. One that was loaded has the clock of another page.
      const isOld = isNew && !isRunning(next) && (settledAt < updatedAt || settledAt > now)
      updatedAt = now
      if (!before || isOld) {
        spoken = next.text.length
        commented = next.commentary?.length ?? 0
        if (isOld) announce('')
        return
      }
      if (isNew) {
        spoken = commented = 0
        spokenAt = -Infinity
      }
      const { messages } = options
      if (next.status === 'idle') announce('')
      else if (isRunning(next)) {
        if (isNew) announce(messages?.started ?? 'Generating an answer.')
        speak()
      } else if (isNew || phaseOf(next) !== phaseOf(before)) {
        clearTimeout(timer)
        const { sentences = false, commentary = sentences } = options
        const rest = joined(
          commentary ? wholeSentences(next.commentary, commented, isCut(next)) : '',
          sentences ? wholeSentences(next.text, spoken, isCut(next)) : '',
        )
        const { error } = next
        if (error) announce(rest, messages?.failed ? messages.failed(error) : error.message)
        else announce([rest, outcome(next, messages)].filter(Boolean).join(' '))
      }
    },
    stop: (): void => clearTimeout(timer),
  }
}

/** The status, or what the calls of a complete answer wait for. */
function phaseOf({ status, results = [] }: AnnouncedState): string {
  const waiting = ['approval', 'running', 'aborted'].find((phase) =>
    results.some((result) => result.status === phase),
  )
  return (status === 'complete' && waiting) || status
}

const joined = (...texts: string[]): string =>
  texts
    .map((text) => text.trim())
    .filter(Boolean)
    .join(' ')

/**
 * The part of the commentary that may be announced during the run: all of it once its last message is
 * complete, because a call that takes a minute may follow.
 */
function openCommentary({ commentary = '', output }: AnnouncedState, spoken: number): string {
  const rest = commentary.slice(spoken)
  const last = output?.at(-1)
  const isOpen =
    last?.type === 'message' && last.phase === 'commentary' && last.status === 'in_progress'
  return isOpen ? rest.slice(0, lastSentenceEnd(rest)) : rest
}

const isCut = ({ status, finishReason }: AnnouncedState): boolean =>
  status !== 'complete' || finishReason === 'length' || finishReason === 'content-filter'

/** The sentences left at the end. Only a complete answer may end without a full stop. */
function wholeSentences(text = '', spoken: number, isCut: boolean): string {
  const rest = text.slice(spoken).trim()
  // A sentence counts as whole once another one begins.
  if (isCut) return rest.slice(0, lastSentenceEnd(`${rest} A`)).trim()
  if (!/[\p{L}\p{N}]$/u.test(rest)) return rest
  return rest + (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]$/u.test(rest) ? '。' : '.')
}

function outcome(state: AnnouncedState, messages: AnnouncementMessages | undefined): string {
  const phase = phaseOf(state)
  // The next answer follows.
  if (phase === 'running') return ''
  if (phase === 'aborted') return messages?.aborted ?? 'Stopped.'
  if (phase === 'approval') return approvalNeeded(messages)
  if (messages?.complete) return messages.complete(state)
  switch (state.finishReason) {
    case 'length':
      return 'The answer stopped at the token limit.'
    case 'content-filter':
      return 'A content filter cut off the answer.'
    case 'refusal':
      return 'The model declined to answer.'
    case 'approval':
      return approvalNeeded(messages)
    default:
      return 'The answer is complete.'
  }
}

const approvalNeeded = (messages: AnnouncementMessages | undefined): string =>
  messages?.approval ?? 'Your approval is needed.'
