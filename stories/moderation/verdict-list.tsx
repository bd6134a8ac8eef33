import type { Verdict } from './use-verdicts.ts'

/**
 * All checks so far, the newest first: it is the one that matters. Withheld text is shown as bars
 * as long as the text, never as words.
 */
export function VerdictList({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <section className="checks">
      <h2>Checks, the newest first</h2>
      <p className="quiet">
        A bar is as long as the text that its check covers, hatched while the text is withheld.
      </p>
      <ol className="verdicts" aria-label="Checks, the newest first" tabIndex={0} reversed>
        {verdicts.toReversed().map(({ number, from, to, took, flagged, reason }) => (
          <li
            key={number}
            data-verdict={took === undefined ? 'held' : flagged ? 'flagged' : 'cleared'}
          >
            <span className="held-bar" style={{ width: `${Math.min(100, (to - from) / 3)}%` }} />
            <span>
              Characters {from} to {to}
            </span>
            <strong>
              {took === undefined
                ? 'being checked …'
                : flagged
                  ? `✕ flagged${reason ? `: ${reason}` : ''}`
                  : `✓ cleared in ${took.toFixed(0)} ms`}
            </strong>
          </li>
        ))}
      </ol>
    </section>
  )
}
