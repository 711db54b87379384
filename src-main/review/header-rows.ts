import type { Answer } from '../contract/operation-schemas.ts'
import type { Views } from '../views/view.ts'

type Row = Answer<'message.headers'>['fields'][number]

/** Header fields in the order of the file. Subject and From are named as their findings name them. */
export function headerRows({ headers, texts }: Views): Row[] {
  const parts = texts.filter(({ look }) => look === 'headers').map(({ part }) => part)
  const wholeMessage = new Map(
    texts.filter(({ look }) => look === 'subject' || look === 'from').map(({ look, text }) => [look, text] as const),
  )
  return headers.map(({ name, value, raw }, index) => {
    const look = name.toLowerCase()
    const isWhole = (look === 'subject' || look === 'from') && wholeMessage.get(look) === value
    return { part: isWhole ? look : (parts[index] ?? `header:${name}`), name, value, raw: raw === value ? null : raw }
  })
}
