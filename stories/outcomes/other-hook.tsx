import type { Outcome } from './outcomes.ts'
import { useAiSdk } from './use-ai-sdk.ts'
import type { Orders } from './use-rerun.ts'

/** What `useCompletion` of the AI SDK reports for the same outcome. */
export function OtherHook({ outcome, orders }: { outcome: Outcome; orders: Orders }) {
  const report = useAiSdk(outcome, orders)
  return (
    <p className="other-hook" data-testid="other">
      <span>
        <code>useCompletion</code>:
      </span>{' '}
      {report}
    </p>
  )
}
