/** A placeholder for the type checker: `run.mjs` replaces it with each contestant. */
export * from './ours.tsx'
