import { vi } from 'vitest'
import { openApp } from './tabs.ts'

/** Call it before each test. Several tabs never decide at the same moment. */
export function takeTurns(): void {
  vi.spyOn(Math, 'random').mockImplementation(randomFrom(1))
}

function randomFrom(seed: number) {
  let value = seed
  return () => (value = (value * 16807) % 2147483647) / 2147483647
}

/** Two tabs. The first has begun to read. */
export async function reading(...args: Parameters<typeof openApp>) {
  const app = openApp(...args)
  const [first, second] = [app.openTab(), app.openTab()]
  await app.settle()
  first.start('Hi')
  await app.settle()
  app.server.go(2)
  await app.settle()
  return { ...app, first, second }
}
