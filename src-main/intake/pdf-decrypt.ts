import { createDecipheriv, createHash, createCipheriv } from 'node:crypto'
import type { PdfDict, PdfValue } from './pdf-syntax.ts'
import { isDict, isName, isString } from './pdf-syntax.ts'

/** The bytes of a stream of an object, decrypted. */
export type PdfDecrypt = (bytes: Buffer, object: number, generation: number) => Buffer

type Method = 'rc4' | 'aes-128' | 'aes-256' | 'none'

/**
 * Decrypts a document that opens without a password: such ones only forbid to copy or print (ISO 32000-2, 7.6). null: it asks for
 * a password, or is encrypted in another way.
 */
export function pdfDecrypt(
  encrypt: PdfDict,
  id: string,
  resolve: (value: PdfValue | undefined) => PdfValue,
): PdfDecrypt | null {
  const number = (key: string): number => {
    const value = resolve(encrypt.get(key))
    return typeof value === 'number' ? value : 0
  }
  const bytes = (key: string): Buffer => {
    const value = resolve(encrypt.get(key))
    return Buffer.from(isString(value) ? value.bytes : '', 'latin1')
  }
  const filter = resolve(encrypt.get('Filter'))
  const method = methodOf(encrypt, number('V'), resolve)
  if (!isName(filter) || filter.name !== 'Standard' || method === null) return null
  const key =
    number('V') === 5
      ? newKey(bytes('U'), bytes('UE'), number('R'))
      : oldKey({
          revision: number('R'),
          keyBytes: keyBytesOf(number('V'), number('Length')),
          owner: bytes('O').subarray(0, 32),
          user: bytes('U'),
          permissions: number('P'),
          id: Buffer.from(id, 'latin1'),
          hidesMetadata: resolve(encrypt.get('EncryptMetadata')) !== false,
        })
  // An AES key of another length than its method takes.
  if (key === null || (method === 'aes-256') !== (key.length === 32)) return null
  return (content, object, generation) => decrypted(content, key, method, object, generation)
}

/** Version 1 knows keys of 40 bits alone, version 4 such of 128. */
function keyBytesOf(version: number, bits: number): number {
  return version === 1 ? 5 : version === 4 ? 16 : Math.min(16, Math.max(5, (bits || 40) >> 3))
}

function methodOf(
  encrypt: PdfDict,
  version: number,
  resolve: (value: PdfValue | undefined) => PdfValue,
): Method | null {
  if (version === 1 || version === 2) return 'rc4'
  if (version !== 4 && version !== 5) return null
  const wanted = resolve(encrypt.get('StmF'))
  if (!isName(wanted) || wanted.name === 'Identity') return 'none'
  const filters = resolve(encrypt.get('CF'))
  const filter = isDict(filters) ? resolve(filters.get(wanted.name)) : null
  const method = isDict(filter) ? resolve(filter.get('CFM')) : null
  switch (isName(method) ? method.name : '') {
    case 'None':
      return 'none'
    case 'V2':
      return 'rc4'
    case 'AESV2':
      return 'aes-128'
    case 'AESV3':
      return 'aes-256'
    default:
      return null
  }
}

/** What stands for a password that is shorter than it (7.6.4.3.2). */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')

interface OldKey {
  readonly revision: number
  readonly keyBytes: number
  readonly owner: Buffer
  readonly user: Buffer
  readonly permissions: number
  readonly id: Buffer
  readonly hidesMetadata: boolean
}

/** Algorithms 2, 4 and 5 with an empty password; null when that is not the password. */
function oldKey({ revision, keyBytes, owner, user, permissions, id, hidesMetadata }: OldKey): Buffer | null {
  const allowed = Buffer.alloc(4)
  allowed.writeInt32LE(permissions | 0)
  const open = revision >= 4 && !hidesMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0)
  let key = md5(padding, owner, allowed, id, open).subarray(0, keyBytes)
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key).subarray(0, keyBytes)
  if (revision < 3) return rc4(key, padding).equals(user.subarray(0, 32)) ? key : null
  let check = md5(padding, id)
  for (let round = 0; round < 20; round++) check = rc4(Buffer.from(key.map((byte) => byte ^ round)), check)
  return check.equals(user.subarray(0, 16)) ? key : null
}

/** Algorithm 2.A with an empty password; null when that is not the password. */
function newKey(user: Buffer, wrapped: Buffer, revision: number): Buffer | null {
  if (user.length < 48 || wrapped.length < 32) return null
  const hash = (salt: Buffer): Buffer => (revision >= 6 ? hardened(salt) : sha(256, salt))
  if (!hash(user.subarray(32, 40)).equals(user.subarray(0, 32))) return null
  const decipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16)).setAutoPadding(false)
  return decipher.update(wrapped.subarray(0, 32))
}

/** Algorithm 2.B with an empty password. */
function hardened(salt: Buffer): Buffer {
  let key = sha(256, salt)
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const block = Buffer.concat(Array.from({ length: 64 }, () => key))
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false)
    const encrypted = cipher.update(block)
    const sum = encrypted.subarray(0, 16).reduce((total, byte) => total + byte, 0) % 3
    key = sha(sum === 0 ? 256 : sum === 1 ? 384 : 512, encrypted)
    last = encrypted[encrypted.length - 1] ?? 0
  }
  return key.subarray(0, 32)
}

function decrypted(content: Buffer, key: Buffer, method: Method, object: number, generation: number): Buffer {
  switch (method) {
    case 'none':
      return content
    case 'aes-256':
      return aes('aes-256-cbc', key, content)
    case 'rc4':
    case 'aes-128': {
      const place = Buffer.of(
        object & 255,
        (object >> 8) & 255,
        (object >> 16) & 255,
        generation & 255,
        generation >> 8,
      )
      const salt = Buffer.from(method === 'rc4' ? '' : 'sAlT')
      const own = md5(key, place, salt).subarray(0, Math.min(16, key.length + 5))
      return method === 'rc4' ? rc4(own, content) : aes('aes-128-cbc', own, content)
    }
  }
}

/** The first block is the vector. Padding that is not as it should be stays: what is unpacked next knows its own end. */
function aes(algorithm: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer, content: Buffer): Buffer {
  const whole = content.length - (content.length % 16)
  if (whole < 32) return Buffer.alloc(0)
  const decipher = createDecipheriv(algorithm, key, content.subarray(0, 16)).setAutoPadding(false)
  const plain = decipher.update(content.subarray(16, whole))
  const padded = plain[plain.length - 1] ?? 0
  return padded >= 1 && padded <= 16 ? plain.subarray(0, plain.length - padded) : plain
}

/** Not among the algorithms that the platform still has. */
function rc4(key: Buffer, content: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, at) => at)
  const at = (index: number): number => state[index] ?? 0
  const swap = (a: number, b: number): void => {
    const kept = at(a)
    state[a] = at(b)
    state[b] = kept
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  const result = Buffer.alloc(content.length)
  for (let n = 0, i = 0, j = 0; n < content.length; n++) {
    i = (i + 1) & 255
    j = (j + at(i)) & 255
    swap(i, j)
    result[n] = (content[n] ?? 0) ^ at((at(i) + at(j)) & 255)
  }
  return result
}

function md5(...pieces: readonly Buffer[]): Buffer {
  const hash = createHash('md5')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

function sha(bits: 256 | 384 | 512, content: Buffer): Buffer {
  return createHash(`sha${String(bits)}`)
    .update(content)
    .digest()
}
