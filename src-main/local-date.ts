/** `YYYY-MM-DD` by the machine's own clock and zone. */
export function localDate(now: Date): string {
  const pad = (number: number): string => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
}
