import { Unstyled } from '@storybook/addon-docs/blocks'
import { Children, isValidElement, type ReactNode } from 'react'
import { CodeCard } from './code-card.tsx'
import './markdown.css'
import './parts.css'

interface CodeElementProps {
  className?: string
  children?: ReactNode
}

/** The `pre` of the docs pages: the same code card as in the stories. */
export default function DocsCode({ children }: { children?: ReactNode }) {
  const code = Children.toArray(children).find((child) => isValidElement<CodeElementProps>(child))
  const { className = '', children: text } = code?.props ?? {}
  const [, language = 'text'] = /language-(\w+)/.exec(className) ?? []
  return (
    <Unstyled>
      <CodeCard
        code={typeof text === 'string' ? text : ''}
        language={language}
        title={language === 'sh' ? 'Terminal' : 'Code'}
      />
    </Unstyled>
  )
}
