/**
 * Installs React 18 for the tests that run with it. It has a separate folder, because npm would report the
 * two versions of react-dom as a conflict. Vitest calls this before those tests.
 */
import { ensureInstalled } from './ensure-installed.mjs'

export default function ensureReact18() {
  ensureInstalled(
    new URL('../test/react-18/', import.meta.url),
    'React 18 for the tests that run with it',
  )
}
