import { expect, test } from 'vitest'
import { whyAlike } from '../../../src-main/review/people/revisions.ts'

const message = (reportId: string, name: string) => ({ reportId, name })

test.each([
  ['a draft says who it is', message('d-17', 'Spring'), message('d-17', 'Another'), 'drafts.json', 'id'],
  [
    'the same file, sent again',
    message('new/offer-v2.eml', 'A'),
    message('old/offer.eml', 'B'),
    'new/offer-v2.eml',
    'path',
  ],
  ['with a number of the browser', message('offer (1).eml', 'A'), message('offer.eml', 'B'), 'offer (1).eml', 'path'],
  [
    'marked as corrected',
    message('offer_corrected.eml', 'A'),
    message('offer.eml', 'B'),
    'offer_corrected.eml',
    'path',
  ],
  [
    'the same subject',
    message('a.eml', 'Re: [v2] Spring  offer'),
    message('b.eml', 'Spring offer'),
    'a.eml',
    'subject',
  ],
  ['the subject says so', message('a.eml', 'Spring offer final'), message('b.eml', 'spring offer'), 'a.eml', 'subject'],
  ['another file, another subject', message('a.eml', 'Spring'), message('b.eml', 'Autumn'), 'a.eml', 'none'],
  ['an id that is the file’s own name', message('x', 'Spring'), message('x', 'Autumn'), 'x', 'path'],
  ['no names at all', message('', ''), message('', ''), '', 'none'],
] as const)('%s', (_what, own, other, input, why) => {
  expect(whyAlike(own, other, input)).toBe(why)
})
