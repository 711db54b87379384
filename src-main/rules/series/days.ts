const dayMs = 86_400_000

/** `YYYY-MM-DD` of a moment, in UTC. */
export function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** `days` after a day, `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return isoDay(Date.parse(`${day}T12:00:00Z`) + days * dayMs)
}

/** From the first to the second, negative when the second is earlier. */
export function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(`${second}T12:00:00Z`) - Date.parse(`${first}T12:00:00Z`)) / dayMs)
}
