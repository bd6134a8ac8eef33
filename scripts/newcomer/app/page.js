import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { tryCore } from './try-core.js'
import { Answer } from './try-hook.js'

const onSettle = async (hook) => {
  globalThis.newcomer = { ...(await tryCore()), hook }
}
createRoot(document.querySelector('#root')).render(createElement(Answer, { onSettle }))
