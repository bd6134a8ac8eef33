/** Possible values, as JSON, that replace a value in a later event. */
const others = [
  ...[
    '"a"',
    '"é😀 and more of it"',
    '"\\n\\"\\u00e9"',
    '""',
    '"</thought>"',
    '"[DONE]"',
    '"<think>"',
  ],
  ...[
    '0',
    '1',
    '17',
    '-1',
    '1.5',
    'null',
    'true',
    '[]',
    '{}',
    '"tool_calls"',
    '"\\ud83d"',
    '"\\x"',
    '01',
  ],
]

/** Repeats some events of a body, each time with a few values replaced. */
export function stretch(body: string, random: () => number): string {
  // Values of another type end most streams with an error, so they are rare in half of them.
  const wildness = random() < 0.5 ? 0.01 : 0.2
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  const vary = (event: string) => {
    const values = [...event.matchAll(/(?<=:)("(?:[^"\\]|\\.)*"|\d+)(?=[,}\]])/g)]
    if (values.length === 0) return event
    const texts = values.filter(({ index }) =>
      /"(delta|content|text|reasoning|thinking|response)":$/.test(event.slice(0, index)),
    )
    // Most events of a stream differ in their text alone.
    const { index, 0: value } = pick(texts.length > 0 && random() < 0.8 ? texts : values)
    const alike = others.filter((other) => (other[0] === '"') === (value[0] === '"')).slice(0, 3)
    const next = pick(random() < wildness ? others : alike)
    return event.slice(0, index) + next + event.slice(index + value.length)
  }
  return body
    .split(body.includes('\n\n') ? /(?<=\n\n)/ : /(?<=\n)/)
    .flatMap((event) => {
      const copies = random() < 0.5 ? Math.floor(random() * 8) : 0
      return [event, ...Array.from({ length: copies }, () => vary(event))]
    })
    .join('')
}
