import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mail } from '../../e2e/mails.ts'

const foot =
  '<p>Alder Games, 12 Mill Lane, Springfield, IL 62701. <a href="https://www.aldergames.example/leave">Unsubscribe</a></p>'
const writtenAtOnce = 500

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
  const block = '<table><tr><td style="padding:8px"><p>Our makers tell you how it came about.</p></td></tr></table>'
  const large = block.repeat(Math.ceil((5 * 1024 * 1024) / block.length))
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
