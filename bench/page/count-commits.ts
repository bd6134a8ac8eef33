/**
 * Counts React's commits where its developer tools would: the production build reports each commit of
 * a root to this hook, at next to no cost and alike for every contestant, while a `Profiler` needs a
 * build that is slower. Imported before React, which looks for the hook once.
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
