import { createElement, useEffect } from 'react'
import { useStreamingCompletion } from 'use-streaming-completion'
import { completionStream, scriptedFetch } from 'use-streaming-completion/testing'

const fetch = scriptedFetch(completionStream({ text: 'Hello, newcomer' }, { delay: 2 }))

/** Streams an answer into the page, and tells what is there in the end. */
export function Answer({ onSettle }) {
  const { text, status, start } = useStreamingCompletion({ url: '/', fetch })
  useEffect(() => {
    void start('Hi')
  }, [start])
  useEffect(() => {
    if (status === 'complete') onSettle([status, document.querySelector('#text').textContent])
  }, [status, onSettle])
  return createElement('p', { id: 'text' }, text)
}
