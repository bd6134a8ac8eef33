/**
 * Finds the browser for the tests; installs nothing. Rejects if CHROMIUM_PATH names something that
 * is not a browser.
 */
export function findBrowser(): Promise<{ executablePath: string } | undefined>

/** The arguments that every test starts Chromium with. */
export const launchArgs: string[]
