/**
 * The pairing of rows with columns that has the highest sum of gains (Kuhn–Munkres in the form of Jonker and Volgenant, O(n²m)).
 * Pairs with a gain of 0 or less are left apart. Returns for each row its column, or null.
 */
export function bestAssignment(gains: readonly (readonly number[])[]): (number | null)[] {
  const rows = gains.length
  const columns = Math.max(rows, ...gains.map((row) => row.length), 0)
  const cost = (row: number, column: number): number => -Math.max(0, gains[row - 1]?.[column - 1] ?? 0)
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    const shortest = new Float64Array(columns + 1).fill(Infinity)
    const before = new Int32Array(columns + 1)
    const isDone = new Uint8Array(columns + 1)
    let column = 0
    rowOf[0] = row
    do {
      isDone[column] = 1
      const from = rowOf[column] ?? 0
      let delta = Infinity
      let next = 0
      for (let candidate = 1; candidate <= columns; candidate++) {
        if (isDone[candidate] === 1) continue
        const reduced = cost(from, candidate) - (rowPotential[from] ?? 0) - (columnPotential[candidate] ?? 0)
        if (reduced < (shortest[candidate] ?? 0)) {
          shortest[candidate] = reduced
          before[candidate] = column
        }
        const distance = shortest[candidate] ?? 0
        if (distance < delta) {
          delta = distance
          next = candidate
        }
      }
      for (let candidate = 0; candidate <= columns; candidate++) {
        if (isDone[candidate] === 1) {
          const matched = rowOf[candidate] ?? 0
          rowPotential[matched] = (rowPotential[matched] ?? 0) + delta
          columnPotential[candidate] = (columnPotential[candidate] ?? 0) - delta
        } else shortest[candidate] = (shortest[candidate] ?? 0) - delta
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const previous = before[column] ?? 0
      rowOf[column] = rowOf[previous] ?? 0
      column = previous
    }
  }
  const result = new Array<number | null>(rows).fill(null)
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] ?? 0
    if (row > 0 && (gains[row - 1]?.[column - 1] ?? 0) > 0) result[row - 1] = column - 1
  }
  return result
}
