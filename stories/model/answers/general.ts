import type { Topic } from './topic.ts'

/** For a prompt about anything else. */
export const general: Topic = {
  name: 'how to think about it',
  about: /./s,
  reasoning: [
    '**Reading the prompt**\n\nIt can be taken in more than one way. I will name the likeliest reading, answer that, and say where the answer would differ.',
    '**Shaping the answer**\n\nShort first, then the reasons, then something to do today.',
  ],
  openings: [
    (prompt) => `“${prompt}” — let me answer briefly first, and then show my work.`,
    (prompt) => `There are two ways to read “${prompt}”. I take the practical one.`,
    (prompt) => `Let me think “${prompt}” through from the outside in.`,
  ],
  sections: [
    `## The short answer

Start with the smallest version that could disappoint you. Most plans fail not because the idea was wrong, but because the first honest feedback came too late to change anything.`,
    [
      `## Three questions worth an evening

1. **What would you see** if it worked? Not feel, *see*. Write down one observation that a stranger could check.
2. **What would have to be true** for it to fail anyway? The answer is usually one of two or three things, and one of them can be tested this week.
3. **What is the cheapest day** on which you could learn that? Choose that day.`,
      `## Two forces to keep apart

- *Uncertainty* goes away when you look. It wants experiments: small, quick, a little embarrassing.
- *Difficulty* does not. It wants practice, sleep, and sometimes a colleague with a better tool.

People often train for what they should have looked up, and look up what they should have trained for.`,
    ],
    `## An example

| | First week | Fourth week |
| --- | --- | --- |
| Done | one page, by hand | a routine of 20 minutes |
| Known | who actually reads it | what they skip |
| Open | everything else | the price |

Notice that nothing in the first column needs permission, money or a name.`,
    [
      `## What I would do today

Take a sheet of paper, fold it once. On the left, everything you *know*; on the right, everything you *assume*. Then cross out each line on the right that would not change what you do tomorrow. What is left is your list, and it is short. ✏️`,
      `## Where this can go wrong

The small version can be *too* small: a shop that is open on one rainy Tuesday proves nothing about shops. Give it a fair week, decide beforehand what counts, and then believe what you see, especially where it is inconvenient.`,
    ],
    `If you tell me what “done” would look like for you, I can make this concrete.`,
  ],
}
