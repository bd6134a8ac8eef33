import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks'
import { useEffect, useState, type PropsWithChildren } from 'react'
import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events'
import { addons } from 'storybook/preview-api'
import { onSystemScheme, schemeOf, storybookThemes } from './storybook-theme.ts'

interface GlobalsEvent {
  readonly globals: Readonly<Record<string, unknown>>
}

function chosenTheme(): unknown {
  const channel = addons.getChannel()
  const [event] = (channel.last(GLOBALS_UPDATED) ?? channel.last(SET_GLOBALS) ?? []) as [
    GlobalsEvent?,
  ]
  return event?.globals['theme']
}

/** A docs page in the scheme chosen in the toolbar, like the stories. */
export default function ThemedDocs({ children, ...props }: PropsWithChildren<DocsContainerProps>) {
  const [choice, setChoice] = useState(chosenTheme)
  const [scheme, setScheme] = useState(() => schemeOf(choice))

  useEffect(() => {
    const channel = addons.getChannel()
    const onGlobals = ({ globals }: GlobalsEvent) => setChoice(globals['theme'])
    channel.on(GLOBALS_UPDATED, onGlobals)
    channel.on(SET_GLOBALS, onGlobals)
    return () => {
      channel.off(GLOBALS_UPDATED, onGlobals)
      channel.off(SET_GLOBALS, onGlobals)
    }
  }, [])

  useEffect(() => {
    const update = () => setScheme(schemeOf(choice))
    update()
    document.documentElement.dataset['theme'] = typeof choice === 'string' ? choice : 'system'
    return onSystemScheme(update)
  }, [choice])

  return (
    <DocsContainer {...props} theme={storybookThemes[scheme]}>
      <main>{children}</main>
    </DocsContainer>
  )
}
