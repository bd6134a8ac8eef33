import type { View as ViewType } from '../page/contestant.ts'

/** The whole text in one text node, the simplest view. */
export const View: ViewType = ({ text }) => <pre>{text}</pre>
