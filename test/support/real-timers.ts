import { beforeEach, vi } from 'vitest'

// Before the hooks of the file, which may fake them for its tests.
beforeEach(() => void vi.useRealTimers())
