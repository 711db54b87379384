import * as zlib from 'node:zlib'

/** A file in a file. */
export interface InnerFile {
  readonly name: string
  readonly isEncrypted: boolean
  /** Its bytes; null: packed in a way that is not unpacked, encrypted or damaged. */
  readonly read: (maxBytes: number) => Buffer | 'too-large' | null
}

/** What a file does beside showing something; `what`: the script, the address, the name; empty where it does not say. */
export interface AttachmentAct {
  readonly kind:
    | 'macro'
    | 'active-x'
    | 'dde'
    /** Content or a template that is loaded from elsewhere when it is opened. */
    | 'external'
    | 'javascript'
    | 'launch'
    | 'submit-form'
    | 'import-data'
    | 'other-file'
    | 'media'
    | 'xfa-form'
  readonly what: string
}

/** What is in an archive, a document, a coded file. */
export interface Container {
  readonly files: readonly InnerFile[]
  readonly acts: readonly AttachmentAct[]
  /** Nothing of it can be read without a password. */
  readonly isEncrypted: boolean
  /** There may be more in it than these. */
  readonly isCut: boolean
}

export function container(files: readonly InnerFile[], more: Partial<Omit<Container, 'files'>> = {}): Container {
  return { files, acts: [], isEncrypted: false, isCut: false, ...more }
}

/** A file that lies in the bytes as it is. */
export function stored(name: string, bytes: Buffer): InnerFile {
  return { name, isEncrypted: false, read: (maxBytes) => (bytes.length > maxBytes ? 'too-large' : bytes) }
}

/** A file of which no more than the name is known. */
export function onlyNamed(name: string, isEncrypted = false): InnerFile {
  return { name, isEncrypted, read: () => null }
}

type Inflate = (bytes: Buffer, options: zlib.ZlibOptions) => Buffer

/** Unpacks as much as there is, at most `maxBytes`; null where nothing comes of it. */
export function unpacked(inflate: Inflate, bytes: Buffer, maxBytes: number): Buffer | 'too-large' | null {
  try {
    return inflate(bytes, {
      maxOutputLength: Math.max(1, maxBytes),
      finishFlush: zlib.constants.Z_SYNC_FLUSH,
    })
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : null
  }
}

/** Up to the first NUL. */
export function terminated(bytes: Buffer, start: number, end = bytes.length): string {
  const stop = bytes.indexOf(0, start)
  return bytes.toString('latin1', start, stop < 0 || stop > end ? end : stop)
}
