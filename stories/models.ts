/** The models that the demo offers, its proxy lets through, and its embedded upstream knows. */
export interface DemoModel {
  readonly id: string
  readonly label: string
  /** Whether the model thinks before it answers, and so can be asked for a summary of it. */
  readonly reasons: boolean
}

export const demoModels: readonly [DemoModel, ...DemoModel[]] = [
  { id: 'gpt-5-mini', label: 'GPT-5 mini · reasons', reasons: true },
  { id: 'gpt-5.1', label: 'GPT-5.1 · reasons', reasons: true },
  { id: 'gpt-4.1-mini', label: 'GPT-4.1 mini · answers at once', reasons: false },
]

export function demoModel(id: string): DemoModel | undefined {
  return demoModels.find((model) => model.id === id)
}
