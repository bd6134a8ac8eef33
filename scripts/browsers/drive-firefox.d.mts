import type { Engine } from './open-page.mjs'

export interface DrivenFirefox {
  /** Sends a command of WebDriver BiDi. Rejects with its error. */
  send(method: string, params?: object): Promise<unknown>
  /** Ends the browser. */
  close(): Promise<void>
}

/** Starts a separate Firefox and drives it, including its browser windows, through WebDriver BiDi. */
export function driveFirefox(engine: Engine): Promise<DrivenFirefox>
