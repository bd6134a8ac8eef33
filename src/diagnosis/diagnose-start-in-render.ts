import { warnOnce } from './warn-once.ts'

/**
 * Warns about a call of `start` while a component renders. React has no API that reports whether it is
 * rendering, and a flag set by the hook is not enough: a hook cannot see the end of a render that is
 * discarded, and an event handler may run right after it. The stack is reliable: `renderWithHooks` of
 * React's development builds calls the component, so it is on the stack while a component renders.
 */
export function diagnoseStartInRender(): void {
  try {
    if (process.env.NODE_ENV !== 'production' && /\brenderWithHooks\b/.test(stack())) {
      warnOnce(
        'start-in-render',
        'start was called while a component was rendering. React may render a component several times or discard a render, and each render would send a request. Call start in an event handler or an effect.',
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}

/** The current call stack, without the async frames of promises and timers. */
function stack(): string {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 200
  const { stack = '' } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  return stack.replace(/\n([^@\n]*\*|\s+at async ).*/s, '')
}
