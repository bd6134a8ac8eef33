import type { Topic } from './topic.ts'

export const emojiWeekend: Topic = {
  name: 'a weekend in emoji',
  about: /emoji|story|family|weekend|\p{Extended_Pictographic}/iu,
  reasoning: [
    '**Setting the tone**\n\nA light story, told by a family. Every paragraph gets its pictures, and the joined ones should be there on purpose: professions, skin tones, families, flags.',
    '**Keeping it readable**\n\nA picture after the word it stands for helps. A picture in place of the word does not.',
  ],
  openings: [
    (prompt) => `“${prompt}” — gladly. 🎬 Here is a weekend, with its pictures.`,
    (prompt) => `A story for “${prompt}”. Hold on to your hat 👒, there is wind in it.`,
  ],
  sections: [
    `## Saturday ☀️

The family 👨‍👩‍👧‍👦 woke up before the alarm. Mother, an astronaut by trade 👩🏽‍🚀, wanted *air that had not been filtered twice*. Father, who repairs violins 🎻👨🏻‍🔧, wanted bread 🥖. The twins wanted a dog 🐕‍🦺 and were told, for the ninth time, “perhaps”.

So they took the small train 🚞 to the sea, with four sandwiches, one kite 🪁 and no plan at all.`,
    `## At the harbour ⚓️

Ships lay there from everywhere: 🇳🇴 with salted fish, 🇯🇵 with cars, 🇧🇷 with oranges 🍊, and a very small one under 🏴‍☠️ that belonged to a dentist. A judge on holiday 👩🏿‍⚖️ was losing at chess ♟️ against a boy of seven, and thanked him after each mistake.

- The kite rose: 🪁 ↗️
- The kite met a gull: 🪁💥🕊️
- The gull kept it: 🕊️🪁 👋🏼`,
    [
      `## Sunday 🌧️

It rained, and so they cooked. Grandmother 👵🏾 read out the recipe through two pairs of glasses 👓👓; everybody else misunderstood it in a different way. The result was somewhere between a pie 🥧 and a soup 🍲 and was eaten to the last spoon 🥄.

In the afternoon a rainbow 🌈 stood over the roofs, and under it, soaked, without a collar, stood the *perhaps*: 🐶.`,
      `## Sunday 🏔️

They climbed the hill behind the house, 412 m, which the twins counted as an eight-thousander 🧗🏻‍♀️🧗🏽‍♂️. At the top a woman with a telescope 🔭👩🏼‍🔬 let each of them look at the day moon. “It is only rock,” she said. “So are we, mostly,” said the smaller twin, and nobody found an answer to that.`,
    ],
    `## Cast

| Who | Emoji | Code points |
| --- | :-: | --: |
| Family of four | 👨‍👩‍👧‍👦 | 7 |
| Astronaut, medium skin tone | 👩🏽‍🚀 | 4 |
| Pirate flag | 🏴‍☠️ | 4 |
| Flag of Norway | 🇳🇴 | 2 |

The end. 🐾`,
  ],
}
