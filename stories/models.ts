/** The models that the demo offers, its proxy allows, and its embedded upstream supports. */
export interface DemoModel {
  readonly id: string
  readonly label: string
  /** Whether the model reasons, so that a summary can be requested. */
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
