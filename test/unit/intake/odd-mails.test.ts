import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkMaps } from '../../corpus/map-check.ts'
import { messagesOf, read } from '../../support/mail/read-one.ts'

/**
 * The odd messages of Python's own tests (`test/test_email/data` of Debian's `libpython3.11-testsuite`), which are not ours to
 * copy. `CLAUSEBENCH_ODD_MAILS` names the folder; without it these tests are skipped.
 */
const folder = process.env.CLAUSEBENCH_ODD_MAILS
const names =
  folder === undefined
    ? []
    : readdirSync(folder)
        .filter((name) => /^msg_\d+a?\.txt$/.test(name))
        .sort()

/** Those that are no whole mail: a text without any header field. */
const bareTexts = ['msg_19.txt', 'msg_37.txt']

/** What is wrong with them, as the report says it. */
const problems: Readonly<Record<string, string>> = {
  'msg_15.txt': 'bad-mime',
  'msg_17.txt': 'bad-mime',
  'msg_25.txt': 'bad-mime',
  'msg_31.txt': 'bad-mime',
  'msg_35.txt': 'bad-mime',
  'msg_38.txt': 'truncated',
  'msg_39.txt': 'bad-mime',
  'msg_41.txt': 'bad-mime',
  'msg_42.txt': 'bad-mime',
}

describe.skipIf(folder === undefined)('the odd messages of CLAUSEBENCH_ODD_MAILS', () => {
  it('are all there', () => {
    expect(names).toHaveLength(47)
  })

  it.each(names)('%s is read, and every character has its bytes', (name) => {
    const bytes = readFileSync(join(folder ?? '', name))
    const outcome = read(bytes, name)
    const [message, ...more] = messagesOf(outcome)
    if (message === undefined) throw new Error('no message')
    expect(more).toEqual([])
    expect(message.form).toBe(bareTexts.includes(name) ? 'text' : 'rfc5322')
    expect(outcome.problem?.code).toBe(problems[name])
    if (message.form === 'rfc5322') expect(checkMaps(bytes, message).faults).toEqual([])
    for (const attachment of message.attachments) expect(attachment.content()).toBeInstanceOf(Uint8Array)
  })
})
