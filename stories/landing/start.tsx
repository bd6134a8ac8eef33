import { createRoot, hydrateRoot } from 'react-dom/client'
import { whoAnswers } from '../connection/answering.ts'
import '../theme/theme.css'
import { Landing } from './landing.tsx'
import './landing.css'

const main = document.querySelector('main')!

// The page is prerendered for a host of plain files; with a proxy it reads differently.
if (whoAnswers() === 'page') hydrateRoot(main, <Landing />)
else createRoot(main).render(<Landing />)
