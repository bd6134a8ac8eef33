import { topicOf, topics } from './answers/topics.ts'
import type { Topic } from './answers/topic.ts'
import { hashOf } from './random.ts'

export interface Answer {
  /** The parts of the reasoning summary. */
  readonly reasoning: readonly string[]
  readonly text: string
}

/** The answer of the embedded upstream. The same prompt always gets the same text. */
export function answerTo(prompt: string): Answer {
  const topic = topicOf(prompt)
  const variant = hashOf(prompt)
  if (/\b(briefly|in one sentence|short answer)\b/i.test(prompt)) {
    return {
      reasoning: topic.reasoning.slice(0, 1),
      text: pick(topic.openings, variant)(echo(prompt)),
    }
  }
  if (/\b(long|everything you know)\b/i.test(prompt)) {
    return {
      reasoning: topic.reasoning,
      text: topics
        .map((each) => `# ${capitalised(each.name)}\n\n${compose(each, prompt, variant)}`)
        .join('\n\n'),
    }
  }
  return { reasoning: topic.reasoning, text: compose(topic, prompt, variant) }
}

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

function compose(topic: Topic, prompt: string, variant: number): string {
  const sections = topic.sections.map((section, index) =>
    typeof section === 'string' ? section : pick(section, variant >>> index),
  )
  return [pick(topic.openings, variant)(echo(prompt)), ...sections].join('\n\n')
}

function pick<T>(variants: readonly T[], number: number): T {
  return variants[number % variants.length] as T
}

/** The prompt as a quotation: its first line without the full stop, shortened between words. */
function echo(prompt: string): string {
  // Phrases that ask the demo for a short answer or a fault are not part of the question.
  const line = (prompt.trim().split('\n')[0] ?? '')
    .replace(/^(?:drop the connection while you|slip something past .*, in a text about) /i, '')
    .replace(
      /[,.]? (?:in one sentence(?:, please)?|and (?:hit the token limit|cut the connection))$/i,
      '',
    )
    .replace(/[.,。]+$/, '')
  if (line.length <= 80) return line
  const cut = line.slice(0, 80)
  return `${cut.slice(0, cut.lastIndexOf(' ') > 40 ? cut.lastIndexOf(' ') : undefined)}…`
}
