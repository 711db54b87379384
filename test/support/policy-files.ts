import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Three versions of one made-up policy: what changes is named beside each. */
export const policyVersions = {
  first: `# House rules for senders

Last updated: January 10, 2023

## Prohibited conduct

- You may not offer gambling products or services to anybody who has not asked for them in writing.
- You may not send messages to addresses that were bought, rented, or taken from a public page.
- You must answer a request to be left alone within 30 days, and you must not ask for a reason.

## Prohibited content

- No message shall hide who sends it: the name of the sender must stand in the first line of each message.
- No message shall carry a "program", a script, or a link that leads to one.
`,
  /** 30→14 days, “may” for “must”, quotes retypeset, a clause more. */
  second: `# House rules for senders

Last updated: March 4, 2024

## Prohibited conduct

- You may not offer gambling products or services to anybody who has not asked for them in writing.
- You may not send messages to addresses that were bought, rented, or taken from a public page.
- You must answer a request to be left alone within 14 days, and you must not ask for a reason.
- You may not pretend that a message answers one which the reader has never sent to you.

## Prohibited content

- No message shall hide who sends it: the name of the sender may stand in the first line of each message.
- No message shall carry a “program”, a script, or a link that leads to one.
`,
  /** The clause about programs is gone; another sentence about gambling. */
  third: `# House rules for senders

Last updated: May 28, 2025

## Prohibited conduct

- You may not offer gambling products or services, or lotteries of any kind, to anybody who has not asked for them in writing.
- You may not send messages to addresses that were bought, rented, or taken from a public page.
- You must answer a request to be left alone within 14 days, and you must not ask for a reason.
- You may not pretend that a message answers one which the reader has never sent to you.

## Prohibited content

- No message shall hide who sends it: the name of the sender may stand in the first line of each message.
`,
} as const

/** Writes files into `folder`; their absolute paths in order. */
export async function writePolicies(folder: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const paths: string[] = []
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    paths.push(path)
  }
  return paths
}
