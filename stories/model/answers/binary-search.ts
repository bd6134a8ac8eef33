import type { Topic } from './topic.ts'

export const binarySearch: Topic = {
  name: 'binary search',
  about: /code|typescript|javascript|function|algorithm|search|bug|python/i,
  reasoning: [
    '**Picking an invariant**\n\nMost mistakes here are a `<` that should be `<=`. With a half-open range the loop has one condition and one meaning, and the result is an insertion point even when nothing is found.',
    '**Checking the edges**\n\nEmpty list, one element, all smaller, all larger, duplicates. I go through them with the invariant; each ends with `low === high`.',
  ],
  openings: [
    (prompt) =>
      `About “${prompt}”: I would write it as a search for a *border*, not for an element. The mistakes disappear.`,
    (prompt) =>
      `“${prompt}” is a good excuse for one of the shortest programs that people get wrong.`,
  ],
  sections: [
    `## One idea

Suppose a question whose answer along a list is *no, no, no, yes, yes*. Find the first *yes*. Looking up a value, finding where to insert, finding the release that introduced a fault: each is this question in other clothes.`,
    `## The code

\`\`\`ts
/** The first index in [0, length) for which \`holds\` is true, or \`length\`. */
export function firstIndexWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0 // everything before low: no
  let high = length // high and everything after: yes
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

const primes = [2, 3, 5, 7, 11, 13]
firstIndexWhere(primes.length, (i) => primes[i]! >= 7) // 3
firstIndexWhere(primes.length, (i) => primes[i]! >= 8) // 4, where 8 would go
\`\`\``,
    `## Why it ends

- The range \`[low, high)\` shrinks in **every** round: \`middle\` is never \`high\`, and \`low\` moves past \`middle\`.
- Both comments stay true in every round. When \`low\` meets \`high\`, they say together that \`low\` is the border.
- There is no \`-1\`, no special case for an empty list, and nothing to remember about \`<=\`.`,
    [
      `## What it costs

| Elements | Questions |
| ---: | ---: |
| 1,000 | 10 |
| 1,000,000 | 20 |
| 1,000,000,000 | 30 |

Thirty questions for a billion elements, if each costs a disk seek, is still a third of a second. That is why indexes are trees with a wide fan-out: the questions are cheap, the seeks are not.`,
      `## The same in Python

\`\`\`python
def first_index_where(length, holds):
    low, high = 0, length
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
\`\`\`

Integers do not overflow here, so the midpoint may be written the plain way.`,
    ],
    `## Testing it

Do not test examples; test the contract. For random sorted lists and a random value, everything left of the result must be smaller and everything from it on must not be. Three lines of a property-based test find what thirty examples miss.`,
  ],
}
