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
 * Returns the texts of a page's live regions. It announces when an answer starts, completes, stops or
 * fails and, if asked, whole sentences. It never announces individual tokens, nothing that happened before
 * the component mounted, and nothing twice.
 *
 * Always render both elements, even if they are empty: not every screen reader reads a live region that
 * appears together with its text. Hide them visually if the page shows the same information. Do not make
 * the streaming text itself a live region.
 *
 * @param completion the result of `useStreamingCompletion` or `useStreamingObject`, any state, or the last turn of
 *   a conversation if it is an answer; `undefined` if there is none yet
 *
 * @example
 * const completion = useStreamingCompletion({ url: '/api/completion' })
 * const { polite, assertive } = useCompletionAnnouncer(completion)
 * return (
 *   <>
 *     <p role="status">{polite}</p>
 *     <p role="alert">{assertive}</p>
 *     <p aria-busy={isRunning(completion)}>{completion.text}</p>
 *   </>
 * )
 */
export function useCompletionAnnouncer(
  completion: AnnouncedState | undefined,
  options: UseCompletionAnnouncerOptions = {},
): Announcement {
  const [announcement, setAnnouncement] = useState(silence)
  const [announcer] = useState(() => createAnnouncer(setAnnouncement))
  useEffect(() => announcer.update(completion, options))
  useEffect(() => announcer.stop, [announcer])
  return announcement
}
