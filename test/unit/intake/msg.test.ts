import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputSource } from '../../../src-main/intake/byte-source.ts'
import { readCompoundFile } from '../../../src-main/intake/msg-compound.ts'
import { decompressRtf, readRtf } from '../../../src-main/intake/msg-rtf.ts'
import { damaged } from '../../support/damage.ts'
import { binaryRuns, fuzzTimeoutMs } from '../../support/fuzz-runs.ts'
import { messagesOf, read } from '../../support/mail/read-one.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'mail')
const outlook = readFileSync(join(folder, 'outlook.msg'))
const draft = readFileSync(join(folder, 'outlook-draft-rtf.msg'))

describe('decompressRtf', () => {
  // The examples of [MS-OXRTFCP] section 4.
  it.each([
    [
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
    ],
    ['1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}'],
  ])('%s', (bytes, expected) => {
    expect(decompressRtf(Buffer.from(bytes, 'hex'))?.toString('latin1')).toBe(expected)
  })

  it('takes what is not compressed, and no lie about its size', () => {
    const head = Buffer.from('ffffff7fffffff7f4d454c4100000000', 'hex')
    expect(decompressRtf(Buffer.concat([head, Buffer.from('{\\rtf1 x}')]))?.toString()).toBe('{\\rtf1 x}')
    expect(decompressRtf(Buffer.from('0000'))).toBeNull()
    expect(decompressRtf(Buffer.alloc(40))).toBeNull()
  })
})

describe('readRtf', () => {
  it.each([
    ['{\\rtf1\\ansi hello\\par world}', 'text', 'hello\r\nworld'],
    ['{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\author A}}a\\{b\\}\\\\c}', 'text', 'a{b}\\c'],
    ["{\\rtf1\\ansi\\ansicpg1251 \\'c4\\'e0}", 'text', 'Да'],
    ["{\\rtf1\\ansi{\\fonttbl{\\f1\\fnil\\fcharset128 G;}}\\f1 \\'82\\'a0\\'82\\'a2}", 'text', 'あい'],
    ["{\\rtf1\\uc2 a\\u8364 \\'a2\\'e3b\\u-10179 ??\\u-8704 ??}", 'text', 'a€b😀'],
    ['{\\rtf1\\fromtext a\\line b\\tab c}', 'text', 'a\r\nb\tc'],
    [
      '{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag4 <p>}\\htmlrtf\\par\\htmlrtf0 x{\\*\\mhtmltag4 <q>}\\~y}',
      'html',
      '<p>x&nbsp;y',
    ],
    ['{\\rtf1{\\*\\generator G;}{\\pict 00}x}', 'text', 'x'],
    ['}}}{{{', 'text', ''],
    ['', 'text', ''],
  ])('%j', (rtf, kind, text) => {
    expect(readRtf(Buffer.from(rtf, 'latin1'))).toMatchObject({ kind, text })
  })

  it('never throws', () => {
    const units = fc.constantFrom(
      '{',
      '}',
      '\\',
      "\\'8",
      '\\u',
      '1',
      ' ',
      '\\htmlrtf',
      '\\*',
      '\\htmltag',
      'a',
      '\\f1',
      '\\uc9',
      '\\bin',
    )
    fc.assert(
      fc.property(fc.array(units, { maxLength: 60 }), (all) => {
        expect(typeof readRtf(Buffer.from(`{\\rtf1\\fromhtml1 ${all.join('')}`, 'latin1')).text).toBe('string')
      }),
    )
  })
})

describe('an Outlook file', () => {
  it('whose tables run in circles comes to an end', () => {
    const bytes = Buffer.from(outlook)
    // Every sector follows itself.
    for (let table = 76; table < 512; table += 4) {
      const sector = bytes.readUInt32LE(table)
      if (sector > bytes.length / 512) continue
      for (let index = 0; index < 128; index++) {
        const at = (sector + 1) * 512 + 4 * index
        if (at + 4 <= bytes.length) bytes.writeUInt32LE(index, at)
      }
    }
    expect(['reviewed', 'partial', 'unreadable']).toContain(read(bytes, 'x.msg').status)
  })

  it.each([
    ['no compound file but in name', Buffer.from('hello'), 'x.msg', 'unknown-kind'],
    ['cut off in its head', outlook.subarray(0, 700), 'x.msg', 'bad-document'],
    [
      'an old document',
      withName(outlook, '__properties_version1.0', '__properties_version9.9'),
      'x.doc',
      'unknown-kind',
    ],
  ])('%s is refused', (_, bytes, name, code) => {
    const outcome = read(bytes, name)
    expect([outcome.status, outcome.problem?.code]).toEqual(['unreadable', code])
  })

  it.each([
    ['outlook.msg', outlook],
    ['outlook-draft-rtf.msg', draft],
  ])(
    '%s, damaged: never throws, places stay in the file',
    (name, seed) => {
      fc.assert(
        fc.property(damaged(seed), (bytes) => {
          const outcome = read(bytes, name)
          if (!('messages' in outcome)) {
            expect(outcome.problem.message).not.toBe('')
            return
          }
          for (const message of messagesOf(outcome)) {
            for (const attachment of message.attachments) attachment.content()
            for (const { text, toSource } of message.texts) {
              if (toSource === null) continue
              for (const start of [0, Math.floor(text.length / 2), Math.max(0, text.length - 1)]) {
                const span = toSource({ start, end: Math.min(start + 3, text.length) })
                expect(span.start).toBeLessThanOrEqual(span.end)
                expect(span.end).toBeLessThanOrEqual(bytes.length)
              }
            }
          }
        }),
        { numRuns: binaryRuns },
      )
    },
    fuzzTimeoutMs,
  )

  it('has no places for a stream whose sectors do not follow each other', () => {
    const storage = readCompoundFile(inputSource(shuffled(outlook)))
    const html = storage?.streams.get('__substg1.0_10130102')
    expect(html?.bytes.toString('utf8')).toContain('Grüße aus dem <b>Garten</b>')
    expect(html?.source).toBeNull()
  })
})

function withName(bytes: Buffer, from: string, to: string): Buffer {
  const copy = Buffer.from(bytes)
  const [old, changed] = [Buffer.from(from, 'utf16le'), Buffer.from(to, 'utf16le')]
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) changed.copy(copy, at)
  return copy
}

/** The file with two neighbouring sectors of its HTML exchanged, and their table with them. */
function shuffled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const sectorBytes = 512
  const html = bytes.indexOf('<html><body>')
  const first = html / sectorBytes - 1
  const [second, third] = [first + 1, first + 2]
  const at = (sector: number): number => (sector + 1) * sectorBytes
  const kept = Buffer.from(copy.subarray(at(second), at(second) + sectorBytes))
  copy.copy(copy, at(second), at(third), at(third) + sectorBytes)
  kept.copy(copy, at(third))
  const table = at(copy.readUInt32LE(76))
  const follow = (sector: number): number => table + 4 * sector
  const after = copy.readUInt32LE(follow(third))
  copy.writeUInt32LE(third, follow(first))
  copy.writeUInt32LE(second, follow(third))
  copy.writeUInt32LE(after, follow(second))
  return copy
}
