import { onTestFinished } from 'vitest'
import { nextFrame } from './completion-page.tsx'

/** Counts the frames of the page from now on. */
export function countFrames(): { readonly count: number } {
  const frames = { count: 0, isCounting: true }
  onTestFinished(() => {
    frames.isCounting = false
  })
  void count(frames)
  return frames
}

async function count(frames: { count: number; isCounting: boolean }) {
  while (frames.isCounting) {
    await nextFrame()
    frames.count++
  }
}
