import { useEffect, useState } from 'react'
import {
  createAnnouncer,
  silence,
  type AnnouncedState,
  type Announcement,
  type AnnouncerOptions,
} from '../accessibility/announcer.ts'

/** The options of {@link useCompletionAnnouncer}. */
export type UseCompletionAnnouncerOptions = AnnouncerOptions

/**
 * What to put into the live regions of a page, so that people who do not see it hear what becomes of an
 * answer: that it has started, that it is complete, stopped or failed, and its sentences if you ask for
 * them; never a token. Nothing is said of what was there before the component, and nothing twice.
 *
 * Render both elements always, empty or not: a live region that appears together with its text is not
 * read by every screen reader. Hide them from sight if the page shows the same. The element in which
 * the text streams is no live region itself.
 *
 * @param completion what `useStreamingCompletion` or `useStreamingObject` returned, or any state
 *
 * @example
 * const completion = useStreamingCompletion({ url: '/api/completion' })
 * const { polite, assertive } = useCompletionAnnouncer(completion)
 * return (
 *   <>
 *     <p role="status">{polite}</p>
 *     <p role="alert">{assertive}</p>
 *     <p aria-busy={completion.status === 'streaming'}>{completion.text}</p>
 *   </>
 * )
 */
export function useCompletionAnnouncer(
  completion: AnnouncedState,
  options: UseCompletionAnnouncerOptions = {},
): Announcement {
  const [announcement, setAnnouncement] = useState(silence)
  const [announcer] = useState(() => createAnnouncer(setAnnouncement))
  useEffect(() => announcer.update(completion, options))
  useEffect(() => announcer.stop, [announcer])
  return announcement
}
