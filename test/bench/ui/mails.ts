import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mail } from '../../e2e/mails.ts'

const foot =
  '<p>Alder Games, 12 Mill Lane, Springfield, IL 62701. <a href="https://www.aldergames.example/leave">Unsubscribe</a></p>'
const writtenAtOnce = 500

/** As the programs that newsletters are made with write a paragraph: a table around it, every style on every element. */
const newsletterRow = `<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" align="center" style="width:600px;max-width:600px;margin:0 auto;border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt"><tbody><tr><td align="left" valign="top" style="padding:16px 24px 8px 24px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:24px;color:#222222;background-color:#ffffff"><p style="margin:0 0 12px 0;font-size:16px;line-height:24px;color:#222222">Our makers tell you how the new cups came about: from the clay of the river to the glaze of the second firing, with all that went wrong on the way. They are thrown by hand, so no two of them are the same, and every one bears the mark of its maker.</p></td></tr></tbody></table>
`

/** Folders `many`, `findings` and `large`, each a campaign. */
export async function writeMails(folder: string, messages: number): Promise<void> {
  await Promise.all(['many', 'findings', 'large'].map((name) => mkdir(join(folder, name), { recursive: true })))
  for (let at = 0; at < messages; at += writtenAtOnce) {
    await Promise.all(
      Array.from({ length: Math.min(writtenAtOnce, messages - at) }, (_, step) => writeOffer(folder, at + step)),
    )
  }
  const spins = Array.from(
    { length: 1000 },
    (_, at) => `<p>Day ${at}: claim your ${at + 2} free spins at our online casino number ${at}.</p>`,
  )
  await writeFile(
    join(folder, 'findings', 'thousand.eml'),
    mail({ subject: 'A thousand', html: spins.join('\n') + foot }),
  )
  const large = newsletterRow.repeat(Math.ceil((5 * 1024 * 1024) / newsletterRow.length))
  await writeFile(
    join(folder, 'large', 'small.eml'),
    mail({ subject: 'Small', html: `<p>The cups are back.</p>${foot}` }),
  )
  await writeFile(
    join(folder, 'large', 'large.eml'),
    mail({ subject: 'Five megabytes', html: `<p>Claim your free spins at our online casino.</p>${large}${foot}` }),
  )
}

function writeOffer(folder: string, number: number): Promise<void> {
  const html = `<h1>Offer ${number}</h1><p>The cups are back, and so is number ${number}.</p>${
    number % 3 === 0 ? '<p>Claim your 50 free spins at our online casino.</p>' : ''
  }${foot}`
  return writeFile(
    join(folder, 'many', `${String(number).padStart(5, '0')}.eml`),
    mail({ subject: `Offer ${number} ${number % 7 === 0 ? 'sale' : 'news'}`, text: 'The cups are back.', html }),
  )
}
