import type { Answer, Mark } from '../contract/operation-schemas.ts'
import type { Finding } from '../contract/report.ts'
import type { Look, TextView, Views } from '../views/view.ts'

type Section = Answer<'message.text'>['sections'][number]

const shown: ReadonlySet<Look> = new Set<Look>(['from', 'subject', 'title', 'preheader', 'text', 'html'])

/** What a reader reads of a message, part by part; of HTML the text that is seen. Marks are carried over by the views' exact maps. */
export function textSections(views: Views, findings: readonly Finding[]): Section[] {
  const sourcePart = sourceParts(views)
  return views.texts
    .filter(({ look }) => shown.has(look))
    .map((view) => ({
      part: sectionName(view),
      text: view.text,
      marks: findings.flatMap((finding) => markIn(view, finding, sourcePart)),
    }))
}

/** The text that is shown under that name; null: none is. */
export function sectionOf(views: Views, name: string): TextView | null {
  return views.texts.find((view) => shown.has(view.look) && sectionName(view) === name) ?? null
}

/** A title or preheader is called that also where it stands in the markup. */
function sectionName({ look, part }: TextView): string {
  return look === 'title' || look === 'preheader' ? look : part
}

function markIn(view: TextView, finding: Finding, sourcePart: (part: string) => string): Mark[] {
  if (!finding.span || sourcePart(finding.part) !== view.source?.part) return []
  const span = view.toPart.fromOrigin(finding.span)
  return span
    ? [{ number: finding.number, severity: finding.severity, span: { start: span.start, end: span.end } }]
    : []
}

/** The part in whose text a finding's span counts: links, images and a preheader lie in the part that holds their markup. */
function sourceParts(views: Views): (part: string) => string {
  const held = new Map<string, string>()
  for (const link of views.links) held.set(`link:${link.number}`, link.source.part)
  for (const image of views.images) held.set(`image:${image.number}`, image.source.part)
  for (const view of views.texts) if (view.source !== null) held.set(view.part, view.source.part)
  return (part) => held.get(part) ?? part
}
