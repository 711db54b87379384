import { certainties, type Certainty, type Severity } from '../contract/report.ts'

/** So many steps up or down between possible, likely and certain. */
export function stepCertainty(certainty: Certainty, steps: number): Certainty {
  const at = Math.max(0, Math.min(certainties.length - 1, certainties.indexOf(certainty) + steps))
  return certainties[at] ?? certainty
}

/** `certain` keeps the rule's severity, `likely` makes an error a warning, `possible` is info. */
export function severityAt(severity: Severity, certainty: Certainty): Severity {
  if (certainty === 'possible') return 'info'
  return certainty === 'likely' && severity === 'error' ? 'warning' : severity
}

export function compareCertainty(a: Certainty, b: Certainty): number {
  return certainties.indexOf(a) - certainties.indexOf(b)
}

const severityOrder: readonly Severity[] = ['info', 'warning', 'error']

export function compareSeverity(a: Severity, b: Severity): number {
  return severityOrder.indexOf(a) - severityOrder.indexOf(b)
}
