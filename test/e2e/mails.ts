import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A small e-mail in HTML and text, from a made-up shop. */
export interface MailParts {
  readonly subject: string
  readonly from?: string
  readonly text?: string
  readonly html?: string
}

export function mail({ subject, from = 'Alder Games <news@aldergames.example>', text, html }: MailParts): string {
  const head = [
    `From: ${from}`,
    'To: Mara Ellison <mara.ellison@reader.example>',
    `Subject: ${subject}`,
    'Date: Tue, 03 Mar 2026 09:00:00 +0000',
    'Message-ID: <one@aldergames.example>',
    'List-Unsubscribe: <https://www.aldergames.example/leave>',
    'MIME-Version: 1.0',
  ]
  const part = (kind: string, body: string) =>
    [`Content-Type: text/${kind}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body].join('\r\n')
  if (text === undefined || html === undefined) {
    return [...head, part(html === undefined ? 'plain' : 'html', html ?? text ?? '')].join('\r\n')
  }
  return [
    ...head,
    'Content-Type: multipart/alternative; boundary="b"',
    '',
    '--b',
    part('plain', text),
    '--b',
    part('html', html),
    '--b--',
    '',
  ].join('\r\n')
}

const foot =
  '<p>Alder Games, 12 Mill Lane, Springfield, IL 62701. <a href="https://www.aldergames.example/leave">Unsubscribe</a></p>'
const textFoot = 'Alder Games, 12 Mill Lane, Springfield, IL 62701. Unsubscribe: https://www.aldergames.example/leave'
const filler = '<p>Our makers tell you how it came about, and what they would do another time.</p>'.repeat(60)

/** Marks in the subject, in the text, and far down in the HTML. */
export const gambling = mail({
  subject: 'Claim your 50 free spins at our online casino tonight',
  text: `Hello,\r\n\r\nclaim your 50 free spins at our online casino, with a deposit bonus on top.\r\n\r\n${textFoot}`,
  html: `<h1>Tonight</h1>${filler}<p>Claim your 50 <b>free</b> spins at our online casino, with a deposit bonus on top.</p><p>See <a href="https://www.aldergames.example/lobby?who=mara">the lobby</a>.</p>${foot}`,
})

export const identifier = mail({
  subject: 'Your tax form',
  text: `Hello Jonas,\r\n\r\nwe have this on file for you: Social Security number 848-73-5210.\r\n\r\n${textFoot}`,
})

export const innocent = mail({
  subject: 'New cups in the shop',
  text: `Hello Mara,\r\n\r\nthe cups are back.\r\n\r\n${textFoot}`,
  html: `<p>The cups are back.</p>${foot}`,
})

/** Writes files into `folder`, its subfolders made; their paths. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly string[]> {
  const paths: string[] = []
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    paths.push(path)
  }
  return paths
}
