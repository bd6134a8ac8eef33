export { createControlledFetch } from './testing/controlled-fetch.ts'
export type { ControlledFetch, ControlledRequest } from './testing/controlled-fetch.ts'
