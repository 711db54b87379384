import type { XmlHandler } from '../intake/xml-events.ts'
import { readXml } from '../intake/xml-events.ts'
import type { AttachmentAct, Container } from './attachment-container.ts'
import { container } from './attachment-container.ts'
import type { ZipEntry } from './attachment-zip.ts'

/** Parts of a document that are looked into. */
const maxPartBytes = 8 * 1024 * 1024
const maxParts = 300

/** Whether a ZIP archive is one document (ECMA-376, ODF). */
export function isOfficeDocument(entries: readonly ZipEntry[]): boolean {
  const has = (name: string): boolean => entries.some((entry) => entry.name === name)
  return has('[Content_Types].xml') || (has('mimetype') && has('content.xml'))
}

/** What an office document does and holds: macros, what it loads from elsewhere, files embedded in it. */
export function officeContainer(entries: readonly ZipEntry[], isCut: boolean): Container {
  const acts: AttachmentAct[] = []
  for (const { name } of entries) {
    if (/vbaProject\.bin$/i.test(name)) acts.push({ kind: 'macro', what: name })
    else if (/^xl\/(?:macrosheets|intlMacrosheets|dialogsheets)\//i.test(name)) acts.push({ kind: 'macro', what: name })
    else if (/^(?:Basic|Scripts)\/./.test(name) && !name.endsWith('script-lc.xml'))
      acts.push({ kind: 'macro', what: name })
    else if (/\/activeX\/[^/]*\.bin$/i.test(name)) acts.push({ kind: 'active-x', what: name })
  }
  let parts = 0
  for (const entry of entries) {
    const isRelations = entry.name.endsWith('.rels')
    const isBody = /^(?:word\/[^/]*|xl\/externalLinks\/[^/]*|META-INF\/manifest)\.xml$/i.test(entry.name)
    if ((!isRelations && !isBody) || ++parts > maxParts) continue
    const bytes = entry.read(maxPartBytes)
    if (bytes === null || bytes === 'too-large') continue
    const text = bytes.toString('utf8')
    if (isRelations) readXml(text, externalRelations(acts))
    else if (/DDE/i.test(text)) readXml(text, dynamicExchange(acts))
  }
  const isEncrypted = entries.some(({ name }) => name === 'META-INF/manifest.xml') && isOdfEncrypted(entries)
  const files = entries.filter(({ name }) =>
    /\/embeddings\/|^ObjectReplacements\/|^Object [^/]*$|\/activeX\/.*\.bin$/i.test(name),
  )
  return container(files, { acts, isCut, isEncrypted })
}

function externalRelations(acts: AttachmentAct[]): XmlHandler {
  return handler((element, attributes) => {
    if (element !== 'Relationship' || attributes.get('TargetMode') !== 'External') return
    // What is only opened when a person clicks it is a link.
    if (/\/hyperlink$/i.test(attributes.get('Type') ?? '')) return
    acts.push({ kind: 'external', what: attributes.get('Target') ?? '' })
  })
}

/** Fields of Word and links of Excel that start a program and take what it says. */
function dynamicExchange(acts: AttachmentAct[]): XmlHandler {
  let instruction = ''
  let inInstruction = false
  return {
    open(element, attributes) {
      inInstruction = element === 'instrText'
      if (element === 'p') instruction = ''
      if (element === 'ddeLink') {
        acts.push({
          kind: 'dde',
          what: `${attributes.get('ddeService') ?? ''} ${attributes.get('ddeTopic') ?? ''}`.trim(),
        })
      }
      if (element === 'fldSimple' && isExchange(attributes.get('instr') ?? '')) {
        acts.push({ kind: 'dde', what: attributes.get('instr')?.trim() ?? '' })
      }
    },
    close(element) {
      inInstruction = false
      if (element === 'p' && isExchange(instruction)) acts.push({ kind: 'dde', what: instruction.trim() })
    },
    text(text) {
      if (inInstruction) instruction += text
    },
  }
}

function isExchange(instruction: string): boolean {
  return /^\s*DDE(?:AUTO)?\s/i.test(instruction)
}

function isOdfEncrypted(entries: readonly ZipEntry[]): boolean {
  const bytes = entries.find(({ name }) => name === 'META-INF/manifest.xml')?.read(maxPartBytes)
  return bytes instanceof Buffer && bytes.includes('encryption-data')
}

function handler(open: XmlHandler['open']): XmlHandler {
  return { open, close: () => undefined, text: () => undefined }
}
