import type { PhraseSet } from './phrases/phrase-index.ts'
import type { Scene } from './scene.ts'

/** Whether a message promotes something: only such a one must offer an opt-out and name an address. */
export interface Commercial {
  readonly is: boolean
  /** Something is offered, or the file says it is marketing; bulk mail without an offer may be a newsletter only. */
  readonly offers: boolean
  /** One line for each thing that speaks for or against it. */
  readonly why: readonly string[]
}

const threshold = 3
const maxSigns = 3

const bulkHeaders =
  /^(?:list-unsubscribe|list-unsubscribe-post|feedback-id|x-campaign(?:-?id)?|x-mailer-(?:recptid|sid|lid)|x-sg-eid|x-mc-user|x-mailgun-sid|x-klaviyo-.*|x-cid|x-job|x-report-abuse(?:-to)?|x-csa-complaints|x-ses-outgoing|x-mandrill-user|x-msys-api|x-bulkmail|x-campaignid)$/i
const talkHeaders = /^(?:in-reply-to|references|list-post|x-beenthere|mailing-list|x-mailing-list|x-loop|resent-from)$/i
const serviceSubject =
  /(?:^|[^\p{L}])(?:receipt|invoice|your order|order confirmation|order #|has shipped|shipping confirmation|delivery update|password|verification code|security code|sign-?in code|statement is ready|appointment reminder|your booking|your ticket)(?:[^\p{L}]|$)/u

/**
 * Judges with restraint: a personal mail or mailing-list talk must not be taken for advertising. What the file itself
 * says (`kind`) decides; else headers of bulk mail, phrases of offers, links and pixels count together.
 */
export function judgeCommercial(scene: Scene, signs: PhraseSet | null): Commercial {
  const { message } = scene.views
  if (message.kind === 'marketing') return { is: true, offers: true, why: ['the file says it is marketing'] }
  if (message.kind === 'transactional') return { is: false, offers: false, why: ['the file says it is transactional'] }
  const found = signs === null ? [] : signsIn(scene, signs)
  const why = found.slice(0, maxSigns).map((sign) => `offer “${sign}”`)
  const offers = found.length > 0
  if (message.channel !== 'email') return { is: offers, offers, why }

  let points = Math.min(found.length, maxSigns)
  const count = (worth: number, reason: string): void => {
    points += worth
    why.push(reason)
  }
  const isDraft = message.form === 'draft'
  const talk = scene.views.headers.find(({ name }) => talkHeaders.test(name))
  if (talk !== undefined) return { is: false, offers, why: [`the header ${talk.name} makes it a conversation`] }
  const bulk = scene.views.headers.find(
    ({ name, value }) => bulkHeaders.test(name) || (/^precedence$/i.test(name) && /^\s*(?:bulk|junk)/i.test(value)),
  )
  if (bulk !== undefined) count(2, `bulk mail by its header ${bulk.name}`)
  const links = scene.views.links.filter(({ visible, element }) => visible && element !== 'form')
  // Friends paste addresses; who designs a link with words of its own beside an offer is selling.
  const enough = isDraft || (offers && links.some(({ element }) => element === 'a')) ? 1 : 3
  if (links.length >= enough) count(1, `${links.length} ${links.length === 1 ? 'link' : 'links'}`)
  if (scene.views.images.some(({ trackingPixel }) => trackingPixel)) count(1, 'a picture that counts openings')
  if (isDraft || message.form === 'html') count(2, 'written for a campaign')
  const subject = scene.texts.find(({ view }) => view.look === 'subject')?.lenses.folded().text ?? ''
  if (serviceSubject.test(subject)) count(-2, 'the subject is about a service')
  return { is: points >= threshold, offers, why }
}

/** Distinct phrases of offers in what a reader sees. */
function signsIn(scene: Scene, signs: PhraseSet): string[] {
  const seen = new Set<string>()
  for (const hit of scene.phraseHits(signs, 'folded')) {
    const { look } = hit.text.view
    if (look === 'subject' || look === 'preheader' || look === 'title' || look === 'text' || look === 'html') {
      seen.add(hit.lens.text.slice(hit.start, hit.end))
    }
  }
  return [...seen]
}
