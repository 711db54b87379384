import { fail, type Result } from '../contract/result.ts'
import type { Block } from './block.ts'
import type { Unit } from './clauses.ts'
import type { PolicySource } from './policy-source.ts'

const fewestWords = 40
const fewestClauses = 3
/** A page that asks for something and says no more than this is no policy. */
const fewestWordsOfPolicy = 250

const doors: readonly { readonly words: RegExp; readonly says: string }[] = [
  {
    words:
      /\b(?:sign in|log ?in|sign up|forgot(?:ten)? (?:your )?password|create an account|anmelden|einloggen|passwort vergessen|se connecter|mot de passe oublié|iniciar sesión|contraseña)\b/i,
    says: 'This page asks to sign in. Sign in, open the policy itself, and save that page.',
  },
  {
    words:
      /\b(?:checking your browser|verify (?:that )?you are (?:a )?human|are you a robot|enable javascript|javascript is (?:disabled|required)|captcha|ddos protection)\b/i,
    says: 'This page only asks the browser to wait, or to prove a person. Open the policy itself, and save that page.',
  },
  {
    words:
      /\b(?:404|page not found|not be found|access denied|403 forbidden|internal server error|something went wrong|seite nicht gefunden)\b/i,
    says: 'This page only says that there is nothing to see. Open the policy itself, and save that page.',
  },
]

/** Why a file holds no policy, and what to do; null: it may be one. */
export function whyNoPolicy(
  source: PolicySource,
  blocks: readonly Block[],
  units: readonly Unit[],
  file: string,
): Result<never> | null {
  const count = (text: string): number => text.split(/\s+/).filter(Boolean).length
  const words = blocks.reduce((sum, { text }) => sum + count(text), 0)
  if (words < fewestWordsOfPolicy) {
    const all = source.blocks.map(({ text }) => text).join('\n')
    const door = doors.find(
      ({ words: said }, index) => said.test(all) && (index > 0 || source.asksPassword || isForm(all)),
    )
    if (door !== undefined) return fail('bad-document', door.says, { file })
  }
  if (words < fewestWords || units.filter(({ kind }) => kind === 'clause').length < fewestClauses) {
    return fail(
      'bad-document',
      'No policy was found in this file: it holds hardly any text beside menus. Save the page that shows the policy itself.',
      { file },
    )
  }
  return null
}

/** Lines as a form for signing in has them, in a text without its fields. */
function isForm(text: string): boolean {
  return /^(?:e-?mail(?: address)?|user ?name|password|passwort|mot de passe|contraseña)\W*$/im.test(text)
}
