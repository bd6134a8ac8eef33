import type { BrowserConfigOptions } from 'vitest/node'

/**
 * The browser tests' settings for an engine other than Chromium. Throws if it is not installed:
 * `scripts/test-browsers.mjs` installs it.
 */
export function testIn(name: 'firefox' | 'webkit'): BrowserConfigOptions
