/**
 * Counts React's commits through the hook of its developer tools. The production build reports each commit of a
 * root to this hook, at almost no cost and equally for all contestants; a `Profiler` needs a slower build.
 * Imported before React, which looks for the hook once.
 */
let commits = 0

export const commitsSoFar = () => commits

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    supportsFiber: true,
    isDisabled: false,
    inject: () => 1,
    checkDCE() {},
    onScheduleFiberRoot() {},
    onCommitFiberRoot() {
      commits++
    },
    onPostCommitFiberRoot() {},
    onCommitFiberUnmount() {},
  },
})
