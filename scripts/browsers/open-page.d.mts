export interface Engine {
  readonly name: string
  readonly kind: 'playwright' | 'system'
  readonly executablePath: string
}

/** Opens a page in a browser of its own. `ended` rejects if the browser ends before it is closed. */
export function openPage(
  engine: Engine,
  url: string,
): Promise<{ close: () => Promise<void>; ended: Promise<never> }>
