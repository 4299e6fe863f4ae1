/** The last line of a run. */
export interface Summary {
  readonly type: 'summary'
  readonly tasks: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly approvals: number
  readonly denials: number
  readonly records: number
  readonly costMicroUsd: number
  /** Share of the model's answers that were right, by the rules. */
  readonly modelRight: number
  /** Share of tasks that ended as they should or asked a person. */
  readonly deskRight: number
  readonly wrongPayments: number
  readonly verified: boolean
  readonly seconds: number
}
