import { runFailed } from '../errors/app.ts'
import type { Stage } from './stage.ts'

/**
 * Combines two stages into one: the second receives the steps that the first delivers. Separate from the
 * run, because most runs have at most one stage.
 */
export function inSeries(first: Stage | undefined, second: Stage): Stage {
  if (!first) return second
  return {
    open(host) {
      const { signal } = host
      const after = second.open(host)
      const before = first.open({
        ...host,
        deliver(step) {
          if (signal.aborted) return
          try {
            after.receive(step)
          } catch (thrown) {
            host.fail(runFailed(thrown))
          }
        },
      })
      return {
        receive: (step) => before.receive(step),
        end(content, error) {
          const proceed = () => (signal.aborted ? undefined : after.end(content, error))
          const ended = before.end(content, error)
          return ended ? ended.then(proceed) : proceed()
        },
        fields: (state) => ({ ...before.fields?.(state), ...after.fields?.(state) }),
      }
    },
  }
}
