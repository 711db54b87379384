/**
 * How many cases the fuzz tests try a format: few in `npm test`, many in `npm run test:fuzz`, which sets these variables.
 * Formats of text are read in well under a millisecond; binary ones take longer.
 */
export const textRuns = runsOf('CLAUSEBENCH_FUZZ_TEXT')
export const binaryRuns = runsOf('CLAUSEBENCH_FUZZ_BINARY')

/** For one format; the default of a test is too short for thousands of cases. */
export const fuzzTimeoutMs = 60_000 + 100 * Math.max(textRuns, binaryRuns)

function runsOf(name: string): number {
  const given = Number(process.env[name] ?? '200')
  if (!Number.isInteger(given) || given < 1) throw new Error(`${name} is to be a whole number above 0`)
  return given
}
