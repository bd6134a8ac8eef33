import type { Topic } from './topic.ts'

/** For unknown prompts: says that the model is scripted, and explains the stream on the screen. */
export const general: Topic = {
  name: 'the stream you are watching',
  about: /./s,
  reasoning: [
    '**Looking for an answer**\n\nNo scripted answer matches this prompt. I am not a language model, so I must not pretend to answer it.',
    '**Being useful anyway**\n\nI can explain the stream that carries these words, and how to get a real model.',
  ],
  openings: [
    (prompt) =>
      `I am a **scripted model**, so I cannot answer “${prompt}”. Set \`OPENAI_API_KEY\` before you run \`npm run demo\`, and a real model answers instead, over the same proxy. Here is what you are watching in the meantime.`,
  ],
  sections: [
    `## What is real

- The **wire format**: these words arrive as events of OpenAI's API, one delta for each token, with the same fields and the same end marker.
- The **pace**: about 70 tokens per second, in bursts of one to six, with a pause now and then.
- The **chunks**: they end anywhere, inside events and inside characters such as 語 and 🚀.`,
    `## What to look for

| Try this | You should see |
| --- | --- |
| Press **Stop** now | the text so far stays, and the status says \`aborted\` |
| Scroll up | the page stays where you are |
| Open the **Code** | the component that shows this answer |
| In the panel, set **fault** to \`cut\` | a network error instead of a shorter answer |
| In the panel, set **chunking** to \`one byte\` | exactly the same text |`,
    `## What I can talk about

Kyoto, sourdough, binary search, reading streams, the blue sky (in Japanese), the coffee house (in Arabic), and a weekend in emoji. Ask for *everything you know* for a long answer, or tell me to *cut the connection*, *hit the token limit* or *fail in the middle*.`,
  ],
}
