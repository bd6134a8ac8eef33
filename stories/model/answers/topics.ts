import { binarySearch } from './binary-search.ts'
import { blueSky } from './blue-sky.ts'
import { coffeeHouse } from './coffee-house.ts'
import { emojiWeekend } from './emoji-weekend.ts'
import { general } from './general.ts'
import { kyoto } from './kyoto.ts'
import { readingStreams } from './reading-streams.ts'
import { sourdough } from './sourdough.ts'
import { thisPackage } from './this-package.ts'
import type { Topic } from './topic.ts'

/** In the order in which a prompt is matched: the scripts first, the catch-all last. */
export const topics: readonly Topic[] = [
  kyoto,
  blueSky,
  coffeeHouse,
  sourdough,
  emojiWeekend,
  thisPackage,
  readingStreams,
  binarySearch,
]

export function topicOf(prompt: string): Topic {
  return topics.find((topic) => topic.about.test(prompt)) ?? general
}
