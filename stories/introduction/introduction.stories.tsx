import type { Meta, StoryObj } from '@storybook/react-vite'
import { Introduction } from './introduction.tsx'

const meta = {
  title: 'Introduction',
  component: Introduction,
  parameters: { controls: { disable: true } },
} satisfies Meta<typeof Introduction>

export default meta

/** Named like its title, so that the sidebar shows one entry. */
export const Page: StoryObj<typeof meta> = { name: 'Introduction' }
