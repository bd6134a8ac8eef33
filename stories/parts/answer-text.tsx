import { isRunning, type CompletionState, type CompletionStatus } from 'use-streaming-completion'
import { FollowedAnswer } from './followed-answer.tsx'
import { MarkdownText } from './markdown-text.tsx'
import { reasoningText } from './reasoning-text.ts'
import { Refusal } from './refusal.tsx'

/** The placeholder for missing text. */
const emptyWords: Readonly<Record<CompletionStatus, string>> = {
  idle: 'The answer appears here as it arrives.',
  connecting: 'Waiting for an answer …',
  streaming: 'Waiting for the first words …',
  complete: 'The answer has no text.',
  aborted: 'No text was received.',
  error: 'No text was received.',
}

interface AnswerTextProps {
  completion: CompletionState
  /** The accessible name, if there are several. */
  label?: string
}

/**
 * The text as it arrives. It is `aria-busy` and not a live region: the status announces changes,
 * and the reader decides when to read.
 */
export function AnswerText({ completion, label }: AnswerTextProps) {
  const { status, text, refusal, output } = completion
  const reasoning = reasoningText(output)
  const running = isRunning(completion)

  return (
    <FollowedAnswer text={text || reasoning} running={running} label={label}>
      {text !== '' && (
        <div className="answer-text" data-testid="text">
          <MarkdownText text={text} ended={!running} />
        </div>
      )}
      <Refusal text={refusal} />
      {text === '' &&
        refusal === '' &&
        (running && reasoning !== '' ? (
          <div className="answer-thoughts">
            <p>The model is reasoning …</p>
            <MarkdownText text={reasoning} ended={false} />
          </div>
        ) : (
          <p className="answer-placeholder">
            <strong>{emptyWords[status]}</strong>
            {status === 'idle' && <span>Pick a prompt or write your own, then press Start.</span>}
          </p>
        ))}
    </FollowedAnswer>
  )
}
