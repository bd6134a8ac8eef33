import type { Topic } from './topic.ts'

export const readingStreams: Topic = {
  name: 'reading streams',
  about: /stream|fetch|chunk|sse|server-sent|decoder|reader/i,
  reasoning: [
    '**Finding the real question**\n\nThe prompt is about bytes that arrive over time. The part people trip over is not the request, it is the borders: a chunk is neither a line nor an event nor a character. I should show that first.',
    '**Choosing an example**\n\nA short loop with one streaming decoder is enough. I want to show the cut multibyte character, the missing last line, and who closes the reader. A table can sum up what each layer may assume.',
  ],
  openings: [
    (prompt) =>
      `You asked: “${prompt}”. Short version: read bytes, decode once, and never trust a border.`,
    (prompt) =>
      `On “${prompt}”: the code is ten lines, and nine of them are about where a piece may end.`,
    (prompt) =>
      `Let me take “${prompt}” from the socket upwards, because that is where the surprises are.`,
  ],
  sections: [
    `## What actually arrives

A response body is a sequence of **byte chunks**. Their borders come from the network and mean nothing:

- one chunk can hold forty events, or the middle third of one;
- a chunk can end inside a character: \`é\` is two bytes, \`語\` is three, \`🚀\` is four;
- the last chunk may lack its line break, and the connection may simply stop.

So the only safe reading order is bytes → text → lines → events, with each layer keeping what it cannot finish yet.`,
    `## The loop

\`\`\`ts
async function* readLines(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  const decoder = new TextDecoder() // one for the whole body
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      const lines = rest.split('\\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (done) break
    }
    if (rest !== '') yield rest
  } finally {
    await reader.cancel()
  }
}
\`\`\`

Two details carry most of the weight. \`{ stream: true }\` lets the decoder hold back half a character until its other half comes. And \`finally\` runs when the consumer leaves early, so an abandoned answer does not keep its connection.`,
    [
      `## Who may assume what

| Layer | Receives | May assume | Must keep |
| --- | --- | --- | --- |
| Decoder | bytes | nothing | an unfinished character |
| Splitter | text | whole characters | an unfinished line |
| Parser | lines | whole lines | fields of an open event |
| Reducer | events | valid JSON | nothing |`,
      `## A checklist

1. Create the decoder **once**, outside of the loop.
2. Split on the line break, and put the last piece back.
3. Treat a lone carriage return as a line end, but wait for the next byte before you decide.
4. Cancel the reader on *every* way out: success, error, and a caller who stopped listening.
5. Decide what a missing end means. Silence is not success.`,
    ],
    [
      `## How to test it

Take one recorded body and cut it everywhere. If the result for *one byte at a time* equals the result for the whole body, the borders are under control. A naïve reader fails within the first “naïve”, at the \`ï\`.`,
      `## What it feels like to a reader

Nobody perceives single tokens at eighty per second; they perceive rhythm. Collect what arrives between two frames and paint it once. The text still seems alive, and the main thread has time for a click on *Stop*.`,
    ],
    `Would you like the same loop with a size limit, so that an endless line cannot fill the memory?`,
  ],
}
