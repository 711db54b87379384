/** Milliseconds that this process has worked so far: unlike the clock, not longer on a busy machine. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
