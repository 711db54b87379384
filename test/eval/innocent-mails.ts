import Mailgen from 'mailgen'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { foundationMails } from '../visibility/html-mails.ts'

/** A mail that breaks no clause, as a file. */
export interface InnocentMail {
  readonly name: string
  readonly from: 'foundation-emails' | 'mailgen'
  readonly bytes: Buffer
}

const product = { name: 'Willow & Oak', link: 'https://willow.example/', copyright: 'Willow & Oak, 1 Garden Street' }

/** What shops and services write when somebody joins, orders, forgets or is invited. */
const bodies = [
  {
    subject: 'Welcome to Willow & Oak',
    body: {
      name: 'Reader',
      intro: 'We are glad that you are here.',
      action: {
        instructions: 'Please confirm your address first:',
        button: { color: '#22bc66', text: 'Confirm', link: 'https://willow.example/confirm' },
      },
      outro: 'Need help? Reply to this mail, we read everything.',
    },
  },
  {
    subject: 'Your order 48213',
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
        button: { color: '#22bc66', text: 'Follow my order', link: 'https://willow.example/order/48213' },
      },
      outro: 'Questions? Write to us.',
    },
  },
  {
    subject: 'A new password for Willow & Oak',
    body: {
      name: 'Reader',
      intro: 'Somebody, probably you, asked for a new password.',
      action: {
        instructions: 'Set it here within a day:',
        button: { color: '#dc4d2f', text: 'Set my password', link: 'https://willow.example/password' },
      },
      outro: 'If it was not you, nothing needs to be done.',
    },
  },
  {
    subject: 'Mara invited you to the planting plan',
    body: {
      name: 'Reader',
      intro: ['Mara shares a planting plan with you.', 'You can look at it and write notes.'],
      dictionary: { plan: 'North bed', owner: 'Mara', until: '12 May' },
      action: {
        instructions: 'Open the plan:',
        button: { color: '#3869d4', text: 'Open', link: 'https://willow.example/plans/7' },
      },
      signature: 'Yours',
    },
  },
]

/** The templates of `foundation-emails` and what `mailgen` writes in each of its themes. */
export async function innocentMails(): Promise<readonly InnocentMail[]> {
  const mails = foundationMails().map(({ name, html }) => ({
    name,
    from: 'foundation-emails' as const,
    subject: 'From Willow & Oak',
    html,
    text: undefined,
  }))
  const generated = ['default', 'neopolitan', 'salted', 'cerberus'].flatMap((theme) =>
    bodies.map(({ subject, body }, at) => {
      const generator = new Mailgen({ theme, product })
      return {
        name: `mailgen/${theme}-${String(at + 1)}`,
        from: 'mailgen' as const,
        subject,
        html: String(generator.generate({ body })),
        text: String(generator.generatePlaintext({ body })),
      }
    }),
  )
  return Promise.all(
    [...mails, ...generated].map(async ({ name, from, subject, html, text }) => {
      const composed = new MailComposer({
        from: 'Willow & Oak <hello@willow.example>',
        to: 'reader@reader.example',
        date: new Date('2026-03-02T10:00:00Z'),
        messageId: `<${String(name.length)}.1@willow.example>`,
        subject,
        html,
        ...(text === undefined ? {} : { text }),
      })
      return { name, from, bytes: await composed.compile().build() }
    }),
  )
}
