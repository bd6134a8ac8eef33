/**
 * Installs React 18 for the tests that run with it. It stands in a folder of its own: beside React 19,
 * npm would call the two react-doms a conflict. Vitest calls it before those tests.
 */
import { ensureInstalled } from './ensure-installed.mjs'

export default function ensureReact18() {
  ensureInstalled(
    new URL('../test/react-18/', import.meta.url),
    'React 18 for the tests that run with it',
  )
}
