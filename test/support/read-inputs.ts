import type { InputRead } from '../../src-main/intake/read-inputs.ts'
import { readInputs } from '../../src-main/intake/read-inputs.ts'
import type { Message, MessageDefaults } from '../../src-main/intake/message.ts'

export const fileDefaults: MessageDefaults = { campaign: 'file', client: null, channel: null, kind: null, sendAt: null }

/** All inputs in the bytes of a file that was named. */
export async function inputsOf(bytes: Uint8Array, input: string, asked?: string): Promise<readonly InputRead[]> {
  const reads: InputRead[] = []
  for await (const read of readInputs(bytes, { input, named: true, defaults: fileDefaults }, asked)) reads.push(read)
  return reads
}

/** `path status code`, one an input. */
export function told(reads: readonly InputRead[]): readonly string[] {
  return reads.map(({ input, outcome }) => {
    return [input, outcome.status, ...(outcome.problem === null ? [] : [outcome.problem.code])].join(' ')
  })
}

export function messagesIn(reads: readonly InputRead[]): readonly Message[] {
  return reads.flatMap(({ outcome }) => ('messages' in outcome ? outcome.messages : []))
}
