/**
 * Decoders written for the tests alone, as short and as different from the product's as can be: they say what a run of
 * source bytes means, so that a map can be held against it.
 */

export type Encoding = 'identity' | 'quoted-printable' | 'base64'

export function naiveTransfer(encoding: Encoding, source: Uint8Array): Uint8Array {
  const text = Buffer.from(source).toString('latin1')
  switch (encoding) {
    case 'identity':
      return source
    case 'quoted-printable':
      return Buffer.from(
        text
          .replace(/[ \t]+(?=\r?\n)/g, '')
          .replace(/=[ \t]*\r?\n|=([0-9A-Fa-f]{2})/g, (_, hex?: string) =>
            hex === undefined ? '' : String.fromCharCode(parseInt(hex, 16)),
          ),
        'latin1',
      )
    case 'base64':
      return Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64')
  }
}

/** `label` as the Encoding Standard knows it; null when it does not. */
export function naiveText(label: string, bytes: Uint8Array): string | null {
  try {
    const decoder = new TextDecoder(label, { ignoreBOM: true })
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
