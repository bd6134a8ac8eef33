import { StartAndStop } from '../parts/start-and-stop.tsx'
import { outcomes } from './outcomes.ts'
import './run-all.css'
import type { useRunAll } from './use-run-all.ts'

/** The buttons above all outcomes, and how many are still running. */
export function RunAll({ orders, running, onStart, onStop }: ReturnType<typeof useRunAll>) {
  return (
    <div className="run-all">
      <StartAndStop start="Run all" running={running > 0} onStart={onStart} onStop={onStop} />
      <p role="status" className="quiet">
        {running > 0
          ? `${running} of ${outcomes.length} running`
          : orders.starts > 0
            ? `All ${outcomes.length} have ended`
            : 'Ready'}
      </p>
    </div>
  )
}
