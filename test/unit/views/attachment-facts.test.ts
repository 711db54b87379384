import { describe, expect, it } from 'vitest'
import { attachmentFact, extensionsOf } from '../../../src-main/views/attachment-facts.ts'
import { sniffType } from '../../../src-main/views/file-type.ts'
import { attachmentOf } from './message.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Array.from(text, (character) => character.charCodeAt(0)))

describe('sniffType', () => {
  it.each<[string, string, string | null]>([
    ['program', 'MZ\x90\0', 'application/x-dosexec'],
    ['ELF', '\x7fELF\x02', 'application/x-elf'],
    ['Mach-O', '\xcf\xfa\xed\xfe', 'application/x-mach-binary'],
    ['zip', 'PK\x03\x04', 'application/zip'],
    ['old Office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
    ['PDF', '%PDF-1.7', 'application/pdf'],
    ['PDF after rubbish', '\n\n%PDF-1.7', 'application/pdf'],
    ['rar', 'Rar!\x1a\x07\x01\0', 'application/vnd.rar'],
    ['7z', '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
    ['gzip', '\x1f\x8b\x08', 'application/gzip'],
    ['PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
    ['JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF', 'GIF89a', 'image/gif'],
    ['WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['shortcut', 'L\0\0\0\x01\x14\x02\0', 'application/x-ms-shortcut'],
    ['ISO', '\0'.repeat(32769) + 'CD001', 'application/x-iso9660-image'],
    ['HTML', '  <!-- x --> <!DOCTYPE html><p>', 'text/html'],
    ['HTML after its mark', '\xef\xbb\xbf<html >', 'text/html'],
    ['SVG', '<?xml version="1.0"?><svg xmlns="x">', 'image/svg+xml'],
    ['script', '#!/bin/sh', 'text/x-shellscript'],
    ['text', 'MZ is not all: hello', 'application/x-dosexec'],
    ['prose', 'Dear reader', null],
    ['nothing', '', null],
  ])('%s', (_, content, type) => {
    expect(sniffType(bytes(content))).toBe(type)
  })
})

describe('extensionsOf', () => {
  it.each<[string, string[]]>([
    ['invoice.pdf.exe', ['pdf', 'exe']],
    ['Photo.JPG', ['jpg']],
    ['noname', []],
    ['v1.2 final.docx', ['docx']],
    ['trick.exe. ', ['exe']],
    ['gpj.\u202eexe', []],
    ['.bashrc', ['bashrc']],
    ['', []],
  ])('%s', (name, extensions) => {
    expect(extensionsOf(name)).toEqual(extensions)
  })
})

it('says what an attachment is, whatever it calls itself', () => {
  const attachment = attachmentOf('report.pdf', bytes('MZ\0\0'), 'application/pdf')
  expect(attachmentFact(attachment)).toEqual({ attachment, extensions: ['pdf'], trueType: 'application/x-dosexec' })
})
