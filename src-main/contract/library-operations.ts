import { z } from 'zod'
import { problemSchema } from './report.ts'

/** What the page asks of the library: policies with their versions, what people wrote about clauses, redlines. */

const token = z.string().min(16).max(64).brand<'FileToken'>()
const policyName = z.string().min(1).max(200)
const versionName = z.string().min(1).max(200)
/** Within its policy: `C3.9`, `2.1`. */
const clauseName = z.string().min(1).max(200)
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .max(10)
const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })
const pair = { policy: policyName, older: versionName, newer: versionName }

export const changeKinds = ['added', 'removed', 'reworded', 'moved', 'split', 'merged', 'cosmetic'] as const
export type ChangeKind = (typeof changeKinds)[number]
const changeKind = z.enum(changeKinds)
const lineageKind = z.enum(['kept', ...changeKinds])

const changeCounts = z.strictObject({
  kept: z.int(),
  added: z.int(),
  removed: z.int(),
  reworded: z.int(),
  moved: z.int(),
  split: z.int(),
  merged: z.int(),
  cosmetic: z.int(),
})

const versionFacts = z.strictObject({
  version: z.string(),
  title: z.string().nullable(),
  basis: z.enum(['primary', 'second-hand']),
  /** Printed, in force and captured: three different days, each null where nobody knows it. */
  date: z.string().nullable(),
  effective: z.string().nullable(),
  captured: z.string().nullable(),
  importedAt: z.string(),
  /** Name of its file, the file's kind and hash. */
  file: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  /** Top clauses, and those of them that no clause of a pack is matched to. */
  clauses: z.int(),
  unmatched: z.int(),
  notices: z.array(z.string()),
})

const importedClause = z.strictObject({
  id: z.string(),
  parent: z.string().nullable(),
  section: z.string(),
  number: z.string(),
  text: z.string(),
  /** The pack's clause it is matched to, `C3.9`; null: none. */
  to: z.string().nullable(),
  /** 0 to 1; 1 where a person said so. */
  confidence: z.number().nullable(),
  byHand: z.boolean(),
})

const packClause = z.strictObject({ id: z.string(), heading: z.string() })

const words = z.array(z.strictObject({ op: z.enum(['equal', 'delete', 'insert']), text: z.string() }))
const place = z.strictObject({
  /** As printed. */
  number: z.string(),
  heading: z.string().nullable(),
  /** Its id in the version; null: a heading or what leads into a list. */
  clause: z.string().nullable(),
})

export const redlineChangeSchema = z.strictObject({
  kind: changeKind,
  old: z.array(place),
  new: z.array(place),
  words,
  /** `may→must`, `30→14` */
  duty: z.array(z.string()),
  /** Of a reworded clause: it stands elsewhere, too. */
  moved: z.boolean().optional(),
})

export const redlineFormats = ['html', 'docx'] as const

const noteSchema = z.strictObject({
  id: z.int(),
  version: z.string().nullable(),
  text: z.string(),
  by: z.string(),
  at: z.string(),
})

export const libraryOperationSchemas = {
  'library.policies': {
    args: nothing,
    result: z.strictObject({
      /** Why the library cannot be read; null: it can. */
      problem: z.string().nullable(),
      policies: z.array(
        z.strictObject({
          policy: z.string(),
          title: z.string().nullable(),
          /** A pack knows its clauses, and rules serve them. */
          hasPack: z.boolean(),
          /** From old to new. */
          versions: z.array(versionFacts),
        }),
      ),
      watched: z.array(
        z.strictObject({
          policy: z.string(),
          clause: z.string(),
          by: z.string(),
          /** Version whose import changed it since somebody looked. */
          changedIn: z.string().nullable(),
          change: z.string().nullable(),
        }),
      ),
    }),
  },
  /** A stored version with its whole text, and what was cut as no part of it. */
  'library.version': {
    args: z.strictObject({ policy: policyName, version: versionName }),
    result: z.strictObject({
      facts: versionFacts,
      clauses: z.array(importedClause),
      cut: z.array(z.strictObject({ why: z.string(), text: z.string(), characters: z.int() })),
      /** Clauses of the pack that nothing in the document is matched to. */
      missing: z.array(packClause),
      /** All clauses of the pack, to choose from. */
      known: z.array(packClause),
    }),
  },
  /** Reads the files behind a token and stores nothing. */
  'library.preview': {
    args: z.strictObject({
      token,
      /** Whose versions they are; null: as the documents say. */
      policy: policyName.regex(/^[a-z0-9][a-z0-9-]*$/).nullable(),
    }),
    result: z.strictObject({
      preview: z.string(),
      documents: z.array(
        z.strictObject({
          file: z.string(),
          /** Why it holds no policy. */
          problem: problemSchema.nullable(),
          policy: z.string(),
          title: z.string().nullable(),
          date: z.string().nullable(),
          effective: z.string().nullable(),
          captured: z.string().nullable(),
          /** Nothing says of which day it is: a person must. */
          needsDate: z.boolean(),
          clauses: z.int(),
          unmatched: z.int(),
          /** Clauses of the pack that were not found. */
          missing: z.int(),
          cut: z.int(),
          /** The same file is in the library already, as this version. */
          storedAs: z.string().nullable(),
          notices: z.array(z.string()),
        }),
      ),
    }),
  },
  /** One document of a preview: what is kept, what was cut and why, what is matched to what. */
  'library.previewed': {
    args: z.strictObject({ preview: z.string().max(64), document: z.int().nonnegative() }),
    result: z.strictObject({
      clauses: z.array(importedClause),
      cut: z.array(z.strictObject({ why: z.string(), text: z.string(), characters: z.int() })),
      missing: z.array(packClause),
      known: z.array(packClause),
    }),
  },
  /** In a preview: which clause of the pack an imported one is; null: none of them. */
  'library.match': {
    args: z.strictObject({
      preview: z.string().max(64),
      document: z.int().nonnegative(),
      clause: clauseName,
      to: clauseName.nullable(),
    }),
    result: done,
  },
  /** All chosen documents of a preview, or none. */
  'library.store': {
    args: z.strictObject({
      preview: z.string().max(64),
      documents: z
        .array(z.strictObject({ document: z.int().nonnegative(), date: day.nullable() }))
        .min(1)
        .max(500),
    }),
    result: z.strictObject({
      stored: z.array(
        z.strictObject({ policy: z.string(), version: z.string(), isNew: z.boolean(), notices: z.array(z.string()) }),
      ),
    }),
  },
  /** The same as `library.match` for a stored version; remembered for those to come. */
  'library.correct': {
    args: z.strictObject({
      policy: policyName,
      version: versionName,
      clause: clauseName,
      to: clauseName.nullable(),
    }),
    result: done,
  },
  'library.search': {
    args: z.strictObject({ query: z.string().max(500), policy: policyName.nullable() }),
    result: z.strictObject({
      hits: z.array(
        z.strictObject({
          policy: z.string(),
          /** From new to old. */
          versions: z.array(z.string()),
          clause: z.string(),
          section: z.string(),
          pieces: z.array(z.strictObject({ text: z.string(), isHit: z.boolean() })),
        }),
      ),
      /** Clauses of all versions that have the words. */
      total: z.int(),
    }),
  },
  /** What the library holds about a clause, beside its page. */
  'library.clause': {
    args: z.strictObject({ policy: policyName, version: versionName.nullable(), clause: clauseName }),
    result: z.strictObject({
      /** In the version asked for, else in the newest that has it; null: no text is imported. */
      imported: z
        .strictObject({
          version: z.string(),
          number: z.string(),
          section: z.string(),
          text: z.string(),
          to: z.string().nullable(),
          confidence: z.number().nullable(),
          byHand: z.boolean(),
          /** The words with the version that brought each in. */
          phrases: z.array(z.strictObject({ text: z.string(), since: z.string() })),
        })
        .nullable(),
      notes: z.array(noteSchema),
      watch: z
        .strictObject({ by: z.string(), changedIn: z.string().nullable(), change: z.string().nullable() })
        .nullable(),
      /** Findings in messages of this workspace, by month of sending; null: without a date. */
      violations: z.array(
        z.strictObject({ month: z.string().nullable(), error: z.int(), warning: z.int(), info: z.int() }),
      ),
    }),
  },
  /** How a clause continues from version to version. */
  'library.lineage': {
    args: z.strictObject({ policy: policyName, version: versionName.nullable(), clause: clauseName }),
    result: z.strictObject({
      /** From old to new. */
      versions: z.array(z.string()),
      nodes: z.array(
        z.strictObject({
          version: z.string(),
          clause: z.string(),
          number: z.string(),
          section: z.string(),
          text: z.string(),
        }),
      ),
      edges: z.array(
        z.strictObject({
          kind: lineageKind,
          from: z.strictObject({ version: z.string(), clause: z.string() }),
          to: z.strictObject({ version: z.string(), clause: z.string() }),
        }),
      ),
      /** Where it ends: in the version before it was taken out; null: it stands in the newest. */
      removedIn: z.string().nullable(),
    }),
  },
  'library.history': {
    args: z.strictObject({ policy: policyName }),
    result: z.strictObject({
      /** From old to new. */
      versions: z.array(
        z.strictObject({
          facts: versionFacts,
          /** Against the one before; null: the first. */
          changes: changeCounts.nullable(),
        }),
      ),
    }),
  },
  'library.redline': {
    args: z.strictObject(pair),
    result: z.strictObject({
      older: versionFacts,
      newer: versionFacts,
      changes: z.array(redlineChangeSchema),
      stats: changeCounts,
      /** Both whole texts, a clause a line. */
      texts: z.strictObject({ older: z.string(), newer: z.string() }),
    }),
  },
  'library.export': {
    args: z.strictObject({ ...pair, format: z.enum(redlineFormats), substantive: z.boolean() }),
    result: z.strictObject({
      name: z.string(),
      mediaType: z.string(),
      /** Of the file's bytes. */
      base64: z.string(),
    }),
  },
  'library.note': {
    args: z.strictObject({
      policy: policyName,
      version: versionName.nullable(),
      clause: clauseName,
      text: z.string().trim().min(1).max(4000),
    }),
    result: z.strictObject({ note: z.int() }),
  },
  'library.removeNote': { args: z.strictObject({ note: z.int() }), result: done },
  'library.watch': {
    args: z.strictObject({
      policy: policyName,
      version: versionName.nullable(),
      clause: clauseName,
      watched: z.boolean(),
    }),
    result: done,
  },
  /** A person has looked at what changed. */
  'library.seen': { args: z.strictObject({ policy: policyName, clause: clauseName }), result: done },
} as const

export const libraryEventSchemas = {
  /** Read anew what is on the screen. */
  'library.changed': nothing,
} as const

export type RedlineChange = z.infer<typeof redlineChangeSchema>
export type RedlineFormat = (typeof redlineFormats)[number]
export type ChangeCounts = z.infer<typeof changeCounts>
export type PolicyVersionFacts = z.infer<typeof versionFacts>
export type ImportedClause = z.infer<typeof importedClause>
