import type { Engine } from './open-page.mjs'

/** Firefox or WebKit, Playwright's build or the system's; undefined if there is none. */
export function findEngine(name: 'firefox' | 'webkit'): Engine | undefined

/** Instructions for an engine that is missing and could not be installed. */
export function howToGet(name: 'firefox' | 'webkit'): string
