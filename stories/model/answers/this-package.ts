import type { Topic } from './topic.ts'

/** What the package does, as plain text: the Introduction does not render Markdown. */
export const thisPackage: Topic = {
  name: 'this package',
  about: /\bthis (package|hook|library)\b|use-?streaming-?completion/i,
  reasoning: [
    '**Reading the prompt**\n\nThe reader has just opened the demo. Say what the hook does, in a few lines.',
  ],
  openings: [
    () =>
      'It reads a model’s response while it is being written, and gives your component the text so far.',
  ],
  sections: [
    'When the stream ends, it tells you how: complete, stopped by the user, or failed and why. The partial text is kept in each case.',
    'It also retries, times out and resumes, and renders a hundred streams with one commit per frame.',
  ],
}
