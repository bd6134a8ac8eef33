import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Chat } from './chat'
import './style.css'

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <h1>Chat</h1>
    <Chat />
  </StrictMode>,
)
