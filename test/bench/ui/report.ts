import type { PageTask } from './trace.ts'

/** A figure beside what it must keep within. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly budget: number
}

export interface Report {
  readonly add: (what: string, value: number, unit: string, budget: number) => void
  /** The longest task of several, and where it passes the budget what it consists of. */
  readonly addTasks: (what: string, tasks: readonly PageTask[], budget: number, of?: 'cpuMs' | 'scriptMs') => void
  readonly broken: () => readonly Figure[]
}

const shownParts = 6

export function createReport(print: (line: string) => void): Report {
  const figures: Figure[] = []
  const add: Report['add'] = (what, value, unit, budget) => {
    figures.push({ what, value, unit, budget })
    const kept = value <= budget ? 'kept' : 'NOT KEPT'
    print(
      `${what.padEnd(66)} ${value.toFixed(value < 100 ? 1 : 0).padStart(8)} ${unit.padEnd(3)} budget ${budget}  ${kept}`,
    )
  }
  return {
    add,
    addTasks(what, tasks, budget, of = 'cpuMs') {
      const [longest] = tasks.toSorted((a, b) => b[of] - a[of])
      add(what, longest?.[of] ?? 0, 'ms', budget)
      if (longest === undefined || longest[of] <= budget) return
      const over = tasks.filter((task) => task[of] > budget).length
      const parts = longest.parts.slice(0, shownParts).map(([name, ms]) => `${name} ${ms.toFixed(0)}`)
      print(`    ${over} over it; the longest, ${longest.wallMs.toFixed(0)} ms by the clock: ${parts.join(', ')}`)
    },
    broken: () => figures.filter(({ value, budget }) => value > budget),
  }
}

export const share = (values: readonly number[], of: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * of) - 1)] ?? 0
