import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { Chat } from './chat.tsx'

const meta = {
  title: 'Chat',
  component: Chat,
  args: { storageKey: 'chat' },
} satisfies Meta<typeof Chat>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = {
  async play({ canvasElement }) {
    await expect(within(canvasElement).getByLabelText('Message')).toBeVisible()
  },
}

export const WithTools: Story = { args: { storageKey: 'chat-with-tools', canLookUp: true } }

const statusOf = (canvasElement: HTMLElement) =>
  canvasElement.querySelector<HTMLElement>('[data-status].chat')?.dataset['status']

/** Questions, a queue, Stop, Regenerate, Edit and versions, by mouse and keyboard. */
export const Talks: Story = {
  tags: ['!dev'],
  args: { storageKey: undefined },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const message = canvas.getByLabelText('Message')
    const settled = () =>
      waitFor(() => expect(statusOf(canvasElement)).toMatch(/complete|aborted/), patience)

    await userEvent.type(message, 'Why is the sky blue?{Enter}')
    await userEvent.type(message, 'And at night?{Enter}')
    await expect(canvas.getByRole('list', { name: 'Waiting to be sent' })).toHaveTextContent(
      'And at night?',
    )
    await waitFor(() => expect(canvas.queryByLabelText('Waiting to be sent')).toBeNull(), patience)
    await userEvent.keyboard('{Escape}')
    await settled()
    await expect(statusOf(canvasElement)).toBe('aborted')
    await expect(canvas.getByText(/You stopped this run/)).toBeVisible()

    await userEvent.click(canvas.getAllByRole('button', { name: 'Regenerate' }).at(-1)!)
    await waitFor(() => expect(statusOf(canvasElement)).toBe('complete'), patience)
    await expect(canvas.getByRole('group', { name: 'Versions' })).toHaveTextContent('2 of 2')
    await userEvent.click(canvas.getByRole('button', { name: 'Previous version' }))
    await expect(canvas.getByText(/You stopped this run/)).toBeVisible()

    await userEvent.click(canvas.getAllByRole('button', { name: 'Edit' })[0]!)
    const edited = canvas.getByLabelText('Edit the question')
    await userEvent.clear(edited)
    await userEvent.type(edited, 'Plan three days in Kyoto')
    await userEvent.click(canvas.getByRole('button', { name: 'Ask this instead' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await settled()
    await expect(canvas.getAllByRole('listitem').length).toBeGreaterThanOrEqual(2)
  },
}

/** The end of the answer stays in view, also while its renderer is still loading. */
export const FollowsTheEnd: Story = {
  tags: ['!dev'],
  args: { storageKey: undefined },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByLabelText('Message'), 'Why is the sky blue?{Enter}')
    await waitFor(() => expect(statusOf(canvasElement)).toBe('complete'), patience)
    const conversation = canvas.getByRole('region', { name: 'Conversation' })
    await expect(conversation.scrollHeight).toBeGreaterThan(conversation.clientHeight + 100)
    await waitFor(() => {
      const { scrollHeight, scrollTop, clientHeight } = conversation
      return expect(scrollHeight - scrollTop - clientHeight).toBeLessThan(2)
    })
  },
}

/** A tool call waits for approval, runs once it is allowed, and the model continues. */
export const AsksBeforeATool: Story = {
  tags: ['!dev'],
  args: { storageKey: undefined, canLookUp: true },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByLabelText('Message'), 'Forecast for Lisbon?{Enter}')
    await userEvent.click(await canvas.findByRole('button', { name: 'Allow' }, patience))
    await waitFor(() => expect(statusOf(canvasElement)).toBe('complete'), patience)
    await expect(canvas.getByText('done')).toBeVisible()
    await expect(canvas.getByText(/I looked it up/)).toBeVisible()
  },
}

/** The conversation is restored after a reload. */
export const ComesBack: Story = {
  tags: ['!dev'],
  render: function Render() {
    const [mount, setMount] = useState(0)
    return (
      <>
        <button type="button" onClick={() => setMount(mount + 1)}>
          Mount anew
        </button>
        <Chat key={mount} storageKey="chat-that-comes-back" />
      </>
    )
  },
  async play({ canvasElement, userEvent }) {
    sessionStorage.removeItem('chat-that-comes-back')
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Mount anew' }))
    await userEvent.type(canvas.getByLabelText('Message'), 'Why is the sky blue?{Enter}')
    await waitFor(() => expect(statusOf(canvasElement)).toBe('streaming'), patience)
    await userEvent.click(canvas.getByRole('button', { name: 'Mount anew' }))
    await waitFor(() => expect(statusOf(canvasElement)).toBe('aborted'), patience)
    await expect(canvas.getByText('Why is the sky blue?')).toBeVisible()
    sessionStorage.removeItem('chat-that-comes-back')
  },
}
