import { parse, stringify } from 'yaml'
import type { GivenPack } from '../../rules/pack.ts'
import { packSchema, type Adjustment, type PackDeclaration } from '../../rules/schemas/pack-schema.ts'

/** The library's own pack: its rules are written in the workbench, and other packs' rules are switched off in it. */

export const ownPackId = 'own'
export const declarationFile = 'pack.yaml'

export interface OwnFile {
  readonly path: string
  readonly text: string
}

/** null: nothing was written yet. */
export function ownPackOf(files: readonly OwnFile[]): GivenPack | null {
  return files.length === 0 ? null : { name: ownPackId, files: files.map(({ path, text }) => [path, text] as const) }
}

/** The pack with another text of one of its files; null: without that file. A pack that was not there is declared. */
export function withFile(
  files: readonly OwnFile[],
  path: string,
  text: string | null,
  policy: string,
): readonly OwnFile[] {
  const others = files.filter((file) => file.path !== path)
  const all = text === null ? others : [...others, { path, text }]
  if (all.length === 0 || all.some((file) => file.path === declarationFile)) return all
  return [...all, { path: declarationFile, text: declarationText(declarationOf([], policy)) }]
}

export function declarationOf(files: readonly OwnFile[], policy: string): PackDeclaration {
  const fresh: PackDeclaration = { id: ownPackId, version: '1', title: 'Own rules', policy }
  const written = files.find(({ path }) => path === declarationFile)
  if (written === undefined) return fresh
  const read = packSchema.safeParse(parse(written.text))
  return read.success ? read.data : fresh
}

export function declarationText(declaration: PackDeclaration): string {
  return stringify(declaration, { lineWidth: 120 })
}

/** With a rule switched off for a reason, or on again (null). */
export function adjusted(declaration: PackDeclaration, rule: string, reason: string | null): PackDeclaration {
  const others = (declaration.adjust ?? []).filter((one) => one.rule !== rule)
  const own: readonly Adjustment[] = reason === null ? [] : [{ rule, off: true, reason }]
  const all = [...others, ...own]
  return all.length === 0 ? withoutAdjustments(declaration) : { ...declaration, adjust: all }
}

/** `own/bulk-claims` lies in `rules/own-bulk-claims.yaml`; a name that is taken gets a number. */
export function freeFile(rule: string, files: readonly OwnFile[]): string {
  const name = rule.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'rule'
  for (let count = 1; ; count++) {
    const path = `rules/${name}${count === 1 ? '' : `-${String(count)}`}.yaml`
    if (!files.some((file) => file.path === path)) return path
  }
}

/** Without what it says of other packs' rules. */
export function withoutAdjustments(declaration: PackDeclaration): PackDeclaration {
  const copy = { ...declaration }
  delete copy.adjust
  return copy
}
