import { ActionButton } from '../parts/action-button.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { useOutcome } from './use-outcome.ts'
import type { Outcome } from './outcomes.ts'

/** What a user sees of one outcome, and the code that handles it. */
export function OutcomeRun({ outcome }: { outcome: Outcome }) {
  const completion = useOutcome(outcome)
  const { status, text, refusal, start } = completion
  const running = status === 'connecting' || status === 'streaming'

  return (
    <section className="card stack outcome-run" data-status={status} aria-label={outcome.name}>
      <StatusLine completion={completion} />
      <div className="prose outcome-text" aria-busy={running} data-testid="text">
        {text}
        {refusal !== '' && <p className="refusal">{refusal}</p>}
        {text === '' && refusal === '' && !running && <span className="quiet">No text.</span>}
      </div>
      <OutcomeNotice completion={completion} />
      <pre className="outcome-code" tabIndex={0} role="region" aria-label="Code">
        {outcome.code}
      </pre>
      <div className="row">
        <ActionButton look="plain" enabled={!running} onPress={() => void start({})}>
          Again
        </ActionButton>
      </div>
    </section>
  )
}
