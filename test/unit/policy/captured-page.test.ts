import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import {
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  PageNumber,
  Packer,
  Paragraph,
  TextRun,
  type IRunOptions,
} from 'docx'
import type { PhrasingContent, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { micromark } from 'micromark'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../../src-main/contract/policy-document.ts'
import type { KnownPolicy } from '../../../src-main/policy/match-clauses.ts'
import { readPolicy } from '../../../src-main/policy/read-policy.ts'
import { loadPacks } from '../../../src-main/rules/load-packs.ts'
import { chromiumPath, hasChromium } from '../../visibility/chromium-reader.ts'

const dataDir = process.env.CLAUSEBENCH_TEST_DATA
const name = 'klaviyo-acceptable-use-page-2021-09-24'
let known: readonly KnownPolicy[] = []
let markdown = ''

async function read(bytes: Uint8Array, path: string): Promise<PolicyDocument> {
  const result = await readPolicy(bytes, { path, policy: null, date: null, url: null, basis: 'primary', known })
  if (!result.ok) throw new Error(result.problem.message)
  return result.value.document
}

/** The page as a browser saves it, menus and foot included. */
const page = (): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Acceptable Use Policy</title>
<style>body { font: 15px/1.5 sans-serif; } ul { margin: 0.4em 0; }</style></head><body>${micromark(markdown)}</body></html>`

/** The page as Word has it when it is pasted there. */
async function wordDocument(): Promise<Uint8Array> {
  const levels = [
    HeadingLevel.HEADING_1,
    HeadingLevel.HEADING_2,
    HeadingLevel.HEADING_3,
    HeadingLevel.HEADING_4,
  ] as const
  const runs = (nodes: readonly PhrasingContent[], isBold: boolean): (TextRun | ExternalHyperlink)[] =>
    nodes.flatMap((node) => {
      if (node.type === 'text') {
        const options: IRunOptions = { text: node.value.replace(/\s+/g, ' '), bold: isBold }
        return [new TextRun(options)]
      }
      if (node.type === 'link') {
        const children = runs(node.children, isBold).filter((run) => run instanceof TextRun)
        return [new ExternalHyperlink({ children, link: node.url })]
      }
      return 'children' in node ? runs(node.children, isBold || node.type === 'strong') : []
    })
  const paragraphs = (node: Root | RootContent, depth: number): Paragraph[] => {
    if (node.type === 'heading') {
      const heading = levels[node.depth - 1] ?? HeadingLevel.HEADING_4
      return [new Paragraph({ heading, children: runs(node.children, false) })]
    }
    if (node.type === 'paragraph') {
      const children = runs(node.children, false)
      return [
        depth > 0
          ? new Paragraph({ children, bullet: { level: Math.min(depth - 1, 8) } })
          : new Paragraph({ children }),
      ]
    }
    return 'children' in node
      ? node.children.flatMap((child) => paragraphs(child, depth + (node.type === 'list' ? 1 : 0)))
      : []
  }
  const footer = new Footer({
    children: [new Paragraph({ children: [new TextRun({ children: ['Page ', PageNumber.CURRENT] })] })],
  })
  const document = new Document({
    sections: [{ children: paragraphs(fromMarkdown(markdown), 0), footers: { default: footer } }],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/** As a browser prints it, and as it saves it in one file. */
async function ofChromium(): Promise<{ readonly printed: Uint8Array; readonly archive: Uint8Array }> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const tab = await browser.newPage()
    await tab.setContent(page())
    const printed = await tab.pdf({ format: 'A4', displayHeaderFooter: true, margin: { top: '2cm', bottom: '2cm' } })
    const session = await tab.context().newCDPSession(tab)
    const { data } = await session.send('Page.captureSnapshot', { format: 'mhtml' })
    return { printed, archive: Buffer.from(data) }
  } finally {
    await browser.close()
  }
}

function expectPolicy({ policy, version, date, title, clauses }: PolicyDocument): void {
  expect({ policy, version, date, title }).toEqual({
    policy: 'klaviyo-aup',
    version: '2021-09-24',
    date: '2021-09-24',
    title: 'Acceptable Use Policy',
  })
  const ids = clauses.map(({ id }) => id)
  const count = (letter: string, from: number): string[] =>
    Array.from({ length: from }, (_, index) => `${letter}${String(index + 1)}`)
  expect(ids.filter((id) => /^[CP]\d+$/.test(id))).toEqual([...count('C', 16), ...count('P', 8)])
  expect(ids.filter((id) => id.startsWith('C3.'))).toEqual(count('C3.', 10))
  expect(ids.filter((id) => id.startsWith('P5.'))).toEqual(['P5.a', 'P5.b', 'P5.c', 'P5.d'])
  const text = (id: string): string => clauses.find((clause) => clause.id === id)?.text.replace(/\s+/g, ' ') ?? ''
  expect(text('C3.9')).toBe('gambling products or services')
  expect(text('C4')).toMatch(/^Violate the rights of others \(including privacy rights\)/)
  expect(text('P6')).toMatch(/^Malware, viruses, Trojan horses/)
  expect(clauses.map((clause) => clause.text).join('\n')).not.toMatch(
    /Pricing|Log in|All rights reserved|privacy settings|Newsroom|^\d+\/\d+$/m,
  )
}

describe.skipIf(dataDir === undefined)('the provider’s captured page (needs CLAUSEBENCH_TEST_DATA)', () => {
  beforeAll(async () => {
    markdown = readFileSync(join(dataDir ?? '', 'policies', `${name}.md`), 'utf8')
    const shipped = join(import.meta.dirname, '../../../resources/packs')
    const loaded = await loadPacks({ shipped, own: [], named: [], asOf: '2026-11-23' })
    if (!loaded.ok) throw new Error(loaded.problem.message)
    known = loaded.value.packs
      .filter(({ clauses }) => clauses.length > 0)
      .map(({ policy, title, clauses }) => ({ id: policy, title, clauses }))
  }, 60_000)

  it('has its sixteen and eight clauses, with the ten and the four within, and no menu', async () => {
    expectPolicy(await read(Buffer.from(markdown), `${name}.md`))
  })

  it('has them as a saved page', async () => {
    expectPolicy(await read(Buffer.from(page()), 'page.html'))
  })

  it('has them as a Word document', async () => {
    const document = await read(await wordDocument(), 'page.docx')
    expectPolicy(document)
    expect(document.cut.map(({ why }) => why)).toContain('page footer')
  })

  it.skipIf(!hasChromium())(
    'has them as a printed PDF and as a web archive (needs Chromium)',
    async () => {
      const { printed, archive } = await ofChromium()
      expectPolicy(await read(archive, 'page.mhtml'))
      const document = await read(printed, 'page.pdf')
      expectPolicy(document)
      expect(document.cut.map(({ why }) => why)).toEqual(
        expect.arrayContaining(['page header', 'page footer', 'navigation']),
      )
    },
    60_000,
  )
})
