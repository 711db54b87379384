import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../../src-main/intake/message.ts'
import { programExtensions, programTypes } from '../../../src-main/rules/kinds/file-kinds.ts'
import { attachmentFact } from '../../../src-main/views/attachment-facts.ts'
import { buildViews } from '../../../src-main/views/build.ts'
import type { AttachmentFact } from '../../../src-main/views/view.ts'
import { cpuTimeMs } from '../../support/cpu-time.ts'
import { howToGetProgramFiles, programFiles } from '../../support/clamav.ts'
import { inputsOf, messagesIn } from '../../support/read-inputs.ts'

const files = programFiles()

function attached(name: string, bytes: Buffer): Attachment {
  return {
    name,
    part: `attachment:${name}`,
    mediaType: 'application/octet-stream',
    inline: false,
    contentId: null,
    range: { start: 0, end: bytes.length },
    nameRange: null,
    content: () => bytes,
  }
}

function isProgram(type: string | null, extensions: readonly string[]): boolean {
  return (type !== null && programTypes.has(type)) || programExtensions.has(extensions.at(-1) ?? '')
}

function holdsProgram({ trueType, members }: AttachmentFact): boolean {
  return (
    (trueType !== null && programTypes.has(trueType)) ||
    members.some((member) => isProgram(member.trueType, member.extensions))
  )
}

/** Packed so often that the program lies deeper than is looked; said so. */
const tooDeep = 'clam_cache_emax.tgz'

describe.skipIf(files === null)(`programs in 44 wrappings (${howToGetProgramFiles})`, () => {
  it('are all there', () => {
    expect(files).toHaveLength(44)
  })

  it.each(files ?? [])('$name as an input is read or refused', async ({ name, bytes }) => {
    const reads = await inputsOf(bytes, name)
    expect(reads.length).toBeGreaterThan(0)
    for (const { outcome } of reads) if (!('messages' in outcome)) expect(outcome.problem.message).not.toBe('')
  })

  it.each(files ?? [])('$name as an attachment is seen to be or to hold a program', async ({ name, bytes }) => {
    const startMs = cpuTimeMs()
    const messages = messagesIn(await inputsOf(bytes, name))
    const facts = [
      attachmentFact(attached(name, bytes)),
      ...messages.flatMap((message) => buildViews(message).attachments),
    ]
    if (name === tooDeep) expect(facts.some(({ isCut }) => isCut)).toBe(true)
    else expect(facts.some(holdsProgram)).toBe(true)
    expect(cpuTimeMs() - startMs).toBeLessThan(2000)
  })
})
