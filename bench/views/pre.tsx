import type { View as ViewType } from '../page/contestant.ts'

/** The whole text in one text node, as most apps begin. */
export const View: ViewType = ({ text }) => <pre>{text}</pre>
