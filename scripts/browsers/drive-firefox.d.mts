import type { Engine } from './open-page.mjs'

export interface DrivenFirefox {
  /** Sends a command of WebDriver BiDi. Rejects with its error. */
  send(method: string, params?: object): Promise<unknown>
  /** Ends the browser. */
  close(): Promise<void>
}

/** Starts a Firefox of its own, which is driven by WebDriver BiDi, its own windows included. */
export function driveFirefox(engine: Engine): Promise<DrivenFirefox>
