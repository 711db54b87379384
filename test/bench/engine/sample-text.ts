import type { Message } from '../../../src-main/intake/message.ts'

/** Text as campaigns have it, the same at every run: words, offers, links, numbers and a few words that rules look for. */

const words =
  `our new collection for spring is here and you can see all of it in the shop from Monday with warm wool linen cotton boots coats hats
  for your home garden table kitchen we made them by hand in small numbers so order soon if you like them read more about the people
  who make what you wear visit us write to us thank you for being with us this year free delivery over fifty enjoy twenty percent off
  members first look weekend only while stocks last gift card account price sale season favourite quality natural`.split(
    /\s+/,
  )
const rare = [
  'casino',
  'guaranteed',
  'risk-free',
  'no prescription',
  'act now',
  'crypto',
  'SSN 987-65-4321',
  'https://acme.example/c/8f3a91c2?u=1',
  'unsubscribe',
  '4539 1488 0343 6467',
]

/** Random numbers that are the same at every run (Lehmer). */
function lehmer(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** So many UTF-16 units of paragraphs. */
export function paragraphs(units: number): readonly string[] {
  const random = lehmer(7)
  const made: string[] = []
  for (let length = 0; length < units;) {
    const sentence = Array.from({ length: 12 }, () =>
      random() < 0.006
        ? (rare[Math.floor(random() * rare.length)] ?? '')
        : (words[Math.floor(random() * words.length)] ?? ''),
    ).join(' ')
    const paragraph = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
    made.push(paragraph)
    length += paragraph.length + 2
  }
  return made
}

export function plainDraft(units: number): string {
  return paragraphs(units).join('\n\n').slice(0, units)
}

/** So many units of markup as designers' programs write it: tables in tables, styles on every cell. */
export function htmlDraft(units: number): string {
  const cell = (text: string): string =>
    `<tr><td align="left" style="padding:10px 24px;font-family:Arial,sans-serif;font-size:16px;line-height:24px;color:#333333"><p style="margin:0 0 12px">${text} <a href="https://acme.example/shop?utm=1" style="color:#0066cc">See more</a></p></td></tr>\n`
  const head =
    '<html><head><style>.x{color:red}@media (max-width:600px){.m{display:none}}</style></head><body><table width="600" style="background:#ffffff">\n'
  let markup = head
  for (const text of paragraphs(units)) {
    if (markup.length >= units) break
    markup += cell(text)
  }
  return `${markup}</table></body></html>`
}

/** A text as a message of its own, for benches that need no file. */
export function messageOfText(text: string): Message {
  return {
    id: 'm',
    input: 'm.txt',
    form: 'text',
    channel: 'email',
    kind: null,
    campaign: null,
    client: null,
    date: null,
    sendAt: null,
    headers: [],
    texts: [{ part: 'text', kind: 'text', text, toSource: null }],
    attachments: [],
    fields: new Map(),
    gaps: [],
    problem: null,
  }
}
