import fc from 'fast-check'

export type Damage = (bytes: Buffer) => Buffer

/** One way to break a file: a byte changed, its end cut off, bytes taken out, put in or copied to elsewhere. */
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })).map(([at, byte]): Damage => (bytes) => {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) copy[at % copy.length] = byte
    return copy
  }),
  fc.nat().map(
    (at): Damage =>
      (bytes) =>
        bytes.subarray(0, at % (bytes.length + 1)),
  ),
  fc.tuple(fc.nat(), fc.nat({ max: 20 })).map(([at, count]): Damage => (bytes) => {
    const start = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + count)])
  }),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 12 })).map(([at, extra]): Damage => (bytes) => {
    const start = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, start), extra, bytes.subarray(start)])
  }),
  fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 60 })).map(([from, to, count]): Damage => (bytes) => {
    const start = from % (bytes.length + 1)
    const target = to % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, target), bytes.subarray(start, start + count), bytes.subarray(target)])
  }),
)

/** Several of them, one after the other. */
export function damaged(seed: Buffer): fc.Arbitrary<Buffer> {
  return fc
    .array(damages, { minLength: 1, maxLength: 4 })
    .map((chosen) => chosen.reduce<Buffer>((bytes, damage) => damage(bytes), seed))
}
