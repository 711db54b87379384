import { z } from 'zod'

const day = z.union([z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day, as in "2026-01-31"'), z.null()])

/** ISO 3166 codes, and `EU`. */
export const placeSchema = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, 'a place, as in US, US-FL or EU')

/** `values/<name>.yaml` */
export const valuesSchema = z.strictObject({
  title: z.string().min(1),
  source: z.string().optional(),
  values: z
    .array(
      z.union([
        z.string().min(1),
        z.strictObject({
          value: z.string().min(1),
          from: day.optional(),
          until: day.optional(),
          source: z.string().optional(),
          verify: z.boolean().optional(),
          region: z.union([placeSchema, z.array(placeSchema).min(1).max(100)]).optional(),
        }),
      ]),
    )
    .max(50_000),
})
export type ValuesFile = z.infer<typeof valuesSchema>
