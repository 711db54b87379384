import { z } from 'zod'
import { channels } from '../../contract/report.ts'

const headerValue = z.union([z.string(), z.number()])

const messageSchema = z.strictObject({
  eml: z.string().optional(),
  subject: z.string().optional(),
  from: z.string().optional(),
  preheader: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  html: z.string().optional(),
  headers: z
    .union([
      z.record(z.string(), headerValue),
      z.array(z.strictObject({ name: z.string(), value: headerValue })).max(200),
    ])
    .optional(),
  attachments: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        type: z.string().optional(),
        text: z.string().optional(),
        base64: z.string().optional(),
      }),
    )
    .max(20)
    .optional(),
  rows: z
    .array(z.record(z.string(), z.union([z.string(), z.number()])))
    .max(100)
    .optional(),
  send_at: z.string().optional(),
  timezone: z.string().optional(),
  region: z.string().optional(),
  series: z.string().optional(),
  coupon: z.string().optional(),
  to: z.string().optional(),
  channel: z.enum(channels).optional(),
  kind: z.enum(['marketing', 'transactional']).optional(),
  form: z.enum(['rfc5322', 'html', 'text', 'draft']).optional(),
})

const emlAlone = (example: { readonly eml?: string | undefined }): boolean =>
  example.eml === undefined || Object.keys(example).every((key) => key === 'eml' || key === 'earlier')

export const exampleMessageSchema = messageSchema
  .extend({
    /** Messages before it, for rules over a series. */
    earlier: z.array(messageSchema.refine(emlAlone, 'eml stands alone')).max(20).optional(),
  })
  .refine(emlAlone, 'eml stands alone')

export type ExampleMessage = z.infer<typeof exampleMessageSchema>

export const exampleSchema = z.union([z.string(), exampleMessageSchema])
