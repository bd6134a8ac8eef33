import { warnOnce } from './warn-once.ts'

/**
 * Warns of a `start` in the body of a component. React has no question to ask whether it renders, and
 * what a hook notes of its own render is not enough: a render that is thrown away has no end that it
 * could see, and a handler may follow it at once. The stack is certain: this function of React's
 * development builds calls the components, and stands on it as long as one of them renders.
 */
export function diagnoseStartInRender(): void {
  try {
    if (process.env.NODE_ENV !== 'production' && /\brenderWithHooks\b/.test(stack())) {
      warnOnce(
        'start-in-render',
        'start was called while a component was rendering. React may render a component several times, or throw a rendering away, and each would send a request. Call start in an event handler, or in an effect.',
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}

/** The calls that are under way, without those that only lead here by way of a promise or a timer. */
function stack(): string {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 200
  const { stack = '' } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  return stack.replace(/\n([^@\n]*\*|\s+at async ).*/s, '')
}
