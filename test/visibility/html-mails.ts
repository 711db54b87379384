import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { MessageDefaults } from '../../src-main/intake/message.ts'
import { readInput } from '../../src-main/intake/read.ts'
import Mailgen from 'mailgen'
import { madeMails } from './made/made-mails.ts'

export interface HtmlMail {
  readonly name: string
  readonly source: 'corpus' | 'packages' | 'made'
  readonly html: string
  /** Its failures are counted and never looked at while the view is being built. */
  readonly untouched: boolean
}

export function htmlMail(source: HtmlMail['source'], name: string, html: string): HtmlMail {
  return { name, source, html, untouched: parseInt(hashOf(html).slice(0, 2), 16) >= 0x80 }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const defaults: MessageDefaults = { campaign: null, client: null, channel: null, kind: null, sendAt: null }

/** The HTML parts of real mails as the program decodes them, each once; `atMost` of them, half of each half. */
export function corpusMails(files: readonly string[], atMost = Infinity): HtmlMail[] {
  const found = new Map<string, HtmlMail>()
  for (const file of files) {
    const outcome = readInput(readFileSync(file), { input: file, named: true, defaults })
    if (!('messages' in outcome)) continue
    for (const { texts } of outcome.messages) {
      for (const { kind, text } of texts) {
        const hash = hashOf(text)
        if (kind !== 'html' || found.has(hash)) continue
        found.set(hash, htmlMail('corpus', join(basename(dirname(file)), basename(file)), text))
      }
    }
  }
  const inOrder = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mail]) => mail)
  const half = (untouched: boolean): HtmlMail[] =>
    inOrder.filter((mail) => mail.untouched === untouched).slice(0, atMost / 2)
  return [...half(false), ...half(true)]
}

/** The templates that `foundation-emails` brings, with its style sheet in them. */
export function foundationMails(): HtmlMail[] {
  const home = dirname(createRequire(import.meta.url).resolve('foundation-emails/package.json'))
  const css = readFileSync(join(home, 'dist', 'foundation-emails.css'), 'utf8')
  const folder = join(home, '.templates')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .sort()
    .map((name) => {
      const html = readFileSync(join(folder, name), 'utf8').replace(
        /<link rel="stylesheet"[^>]*>/,
        () => `<style>${css}</style>`,
      )
      return htmlMail('packages', `foundation/${name}`, html)
    })
}

/** What `mailgen` writes for shops and services, in each of its looks. */
export function mailgenMails(): HtmlMail[] {
  return ['default', 'neopolitan', 'salted', 'cerberus'].flatMap((theme) =>
    ['ltr', 'rtl'].map((textDirection) => {
      const generator = new Mailgen({
        theme,
        textDirection,
        product: { name: 'Willow & Oak', link: 'https://willow.example/', copyright: 'Willow & Oak, 1 Garden Street' },
      })
      const html: unknown = generator.generate({
        body: {
          name: 'Reader',
          intro: 'Your order is on its way.',
          table: {
            data: [
              { item: 'Kettle', description: 'Blue, two litres', price: '29.00' },
              { item: 'Lamp', description: 'For the reading corner', price: '41.50' },
            ],
          },
          action: {
            instructions: 'See where it is:',
            button: { color: '#22bc66', text: 'Follow my order', link: 'https://willow.example/order' },
          },
          outro: 'Questions? Write to us.',
        },
      })
      return htmlMail('packages', `mailgen/${theme} ${textDirection}`, String(html))
    }),
  )
}

/** Mails made here from pieces that hide and pieces that do not. */
export function ownMails(count: number): HtmlMail[] {
  return madeMails(count).map(({ name, html }) => htmlMail('made', name, html))
}
