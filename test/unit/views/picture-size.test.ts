import { describe, expect, it } from 'vitest'
import { pictureSize } from '../../../src-main/views/picture-size.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const text = (ascii: string): string => Buffer.from(ascii, 'latin1').toString('hex')

describe('pictureSize', () => {
  it.each<[string, string, readonly [number, number] | null]>([
    ['PNG', `89504e470d0a1a0a 0000000d ${text('IHDR')} 00000258 00000002`, [600, 2]],
    ['PNG without its header', `89504e470d0a1a0a 0000000d ${text('tEXt')} 00000258 00000002`, null],
    ['GIF', `${text('GIF89a')} 2c01 0100`, [300, 1]],
    ['JPEG after other segments', `ffd8 ffe0 0004 0000 ff ffc2 0011 08 0140 00f0 03`, [240, 320]],
    ['JPEG with a Huffman table first', `ffd8 ffc4 0004 0000 ffc0 0011 08 0001 0002 03`, [2, 1]],
    ['JPEG that is cut off', `ffd8 ffe0 4000 00000000000000`, null],
    ['lossy WebP', `${text('RIFF')}00000000${text('WEBPVP8 ')} 00000000 000000 9d012a 9001 2c01`, [400, 300]],
    ['lossless WebP', `${text('RIFF')}00000000${text('WEBPVP8L')} 00000000 2f 8fc14a00 0000000000`, [400, 300]],
    ['WebP with more', `${text('RIFF')}00000000${text('WEBPVP8X')} 00000000 00000000 8f0100 2b0100`, [400, 300]],
    ['BMP from the top down', `${text('BM')} ${'00'.repeat(16)} 05000000 faffffff`, [5, 6]],
    ['no size', `${text('GIF89a')} 0000 0100`, null],
    ['something else', text('%PDF-1.4 hello'), null],
    ['nothing', '', null],
  ])('%s', (_, hex, size) => {
    expect(pictureSize(bytes(hex))).toEqual(size === null ? null : { width: size[0], height: size[1] })
  })
})
