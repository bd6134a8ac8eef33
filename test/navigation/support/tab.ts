/** A tab as a user has it: not emulated as focused, and kept in the back/forward cache when it is left. */
export interface Tab {
  /** Evaluates in whichever page the tab is on; undefined if it has none at the moment. */
  evaluate(expression: string): Promise<unknown>
  navigate(url: string): Promise<void>
  reload(): Promise<void>
  /** Another tab with the same storage. */
  duplicate(): Promise<Tab>
  /** Ends the process of the page. */
  crash(): Promise<void>
  /** Stops the page without any event, as a debugger does, and lets it continue. */
  halt(): Promise<void>
  proceed(): Promise<void>
  close(): Promise<void>
}

export interface TabBrowser {
  openTab(url: string): Promise<Tab>
  close(): Promise<void>
}
