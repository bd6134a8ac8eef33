import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Answer } from './answer'
import './style.css'

createRoot(document.querySelector('main')!).render(
  <StrictMode>
    <h1>Ask the model</h1>
    <Answer />
  </StrictMode>,
)
