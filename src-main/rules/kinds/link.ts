import { parse as parseDomain } from 'tldts'
import { z } from 'zod'
import type { Link } from '../../views/view.ts'
import { landingTarget } from '../../views/landing.ts'
import { shownTarget, type LinkTarget } from '../../views/link-target.ts'
import { stepCertainty } from '../certainty.ts'
import { looksLatin, mixesScripts } from '../identity/disguise.ts'
import { fold } from '../lens/fold.ts'
import type { Rule } from '../pack.ts'
import type { Scene } from '../scene.ts'
import { countsAt, type DatedValue, type When } from '../values.ts'
import { domainSchema, fileNameSchema } from './context-schema.ts'
import { firstDomain } from './header.ts'
import type { Build, Evaluate, Hit, Kind, Placed } from './kind.ts'

const finds = [
  'mismatch',
  'ip-host',
  'credentials',
  'punycode',
  'mixed-script',
  'confusable',
  'script',
  'data',
  'shortener',
  'placeholder',
  'port',
  'insecure',
] as const
type Find = (typeof finds)[number]

const domainsSchema = z.union([z.strictObject({ values: fileNameSchema }), z.array(domainSchema).min(1).max(2_000)])
type Domains = z.infer<typeof domainsSchema>

const schema = z
  .strictObject({
    kind: z.literal('link'),
    find: z.array(z.enum(finds)).min(1).optional(),
    domains: domainsSchema.optional(),
    parameters: z.array(z.string().min(1).max(60)).min(1).max(200).optional(),
    except: z.strictObject({ domains: domainsSchema }).optional(),
  })
  .refine(
    (check) => check.find !== undefined || check.domains !== undefined || check.parameters !== undefined,
    'link needs find, domains or parameters',
  )
export type LinkOptions = z.infer<typeof schema>

const trackerValues = 'click-trackers'
const shortenerValues = 'shorteners'

/** Where links lead, and what they make readers believe. */
export const linkKind: Kind<LinkOptions> = {
  name: 'link',
  schema,
  refers: (options) => ({
    values: [
      ...valuesOf(options.domains, ['domains']),
      ...valuesOf(options.except?.domains, ['except', 'domains']),
      ...(options.find?.includes('shortener') === true ? [{ value: shortenerValues, path: ['find'] }] : []),
    ],
  }),
  compile,
  explain: (options) =>
    `Looks for links: ${[...(options.find ?? []), ...(options.domains === undefined ? [] : ['to listed hosts']), ...(options.parameters === undefined ? [] : [`with the parameters ${options.parameters.join(', ')}`])].join(', ')}.`,
}

function listedHosts(domains: Domains): readonly string[] | null {
  return 'length' in domains ? domains : null
}

function valuesName(domains: Domains): string | null {
  return 'length' in domains ? null : domains.values
}

function valuesOf(domains: Domains | undefined, path: readonly (string | number)[]): Placed<string>[] {
  const name = domains === undefined ? null : valuesName(domains)
  return name === null ? [] : [{ value: name, path: [...path, 'values'] }]
}

interface Hosts {
  /** The value that names the host, or one that it stands under, among those that count on the day. */
  readonly valueOf: (host: string, when: When) => DatedValue | null
}

function compileHosts(domains: Domains | undefined, build: Build): Hosts | null {
  if (domains === undefined) return null
  const listed = listedHosts(domains) ?? []
  const name = valuesName(domains)
  const values =
    name === null
      ? listed.map((value) => ({ value, from: null, until: null, source: null, verify: false, region: null }))
      : build.values(name)
  return hostsOf(values)
}

/** The host itself or any host it stands under. */
function hostsOf(values: readonly DatedValue[]): Hosts {
  const byHost = new Map<string, DatedValue[]>()
  for (const value of values) {
    const host = value.value.toLowerCase()
    const known = byHost.get(host)
    if (known === undefined) byHost.set(host, [value])
    else known.push(value)
  }
  return {
    valueOf(host, when) {
      for (let at = 0; ; at++) {
        const value = byHost.get(host.slice(at))?.find((one) => countsAt(one, when))
        if (value !== undefined) return value
        at = host.indexOf('.', at)
        if (at < 0) return null
      }
    },
  }
}

interface LinkRule {
  readonly find: readonly Find[]
  readonly domains: Hosts | null
  readonly except: Hosts | null
  readonly parameters: ReadonlySet<string>
  readonly trackers: Hosts
  readonly shorteners: Hosts
}

function compile(rule: Rule<LinkOptions>, build: Build): Evaluate {
  const { check } = rule
  const compiled: LinkRule = {
    find: check.find ?? [],
    domains: compileHosts(check.domains, build),
    except: compileHosts(check.except?.domains, build),
    parameters: new Set(check.parameters),
    trackers: hostsOf(build.values(trackerValues)),
    shorteners: hostsOf(build.values(shortenerValues)),
  }
  return (scene) => {
    const hits: Hit[] = []
    const own = ownDomains(scene)
    for (const link of scene.views.links) {
      const target = scene.targetOf(link)
      if (target.host !== null && compiled.except !== null && compiled.except.valueOf(target.host, scene) !== null)
        continue
      const reasons = reasonsOf(link, target, compiled, own, scene)
      if (reasons.length === 0) reasons.push(...landingReasons(link, target, compiled, own, scene))
      const first = reasons[0]
      if (first === undefined) continue
      const steps = Math.max(...reasons.map((reason) => reason.steps))
      hits.push(linkHit(link, target, stepCertainty(rule.certainty, steps), reasons))
    }
    return hits
  }
}

interface Reason {
  readonly why: string
  readonly steps: number
  /** The dated value that it rests on. */
  readonly value?: DatedValue
}

function reasonsOf(link: Link, target: LinkTarget, rule: LinkRule, own: ReadonlySet<string>, when: When): Reason[] {
  const reasons: Reason[] = []
  for (const find of rule.find) {
    const reason = findIn(find, link, target, rule, own, when)
    if (reason !== null) reasons.push(typeof reason === 'string' ? { why: reason, steps: 0 } : reason)
  }
  const listed = target.host === null ? null : (rule.domains?.valueOf(target.host, when) ?? null)
  if (target.host !== null && listed !== null)
    reasons.push({ why: `host ${target.host} is on the list`, steps: 0, value: listed })
  const parameter =
    rule.parameters.size === 0 ? undefined : parameterNames(target).find((name) => rule.parameters.has(name))
  if (parameter !== undefined) reasons.push({ why: `parameter ${parameter}`, steps: 0 })
  return reasons
}

/** An address in another: a redirect, a click tracker, a link checker. */
const leadsOn = /[^]https?(?::|%3a|-3a)/i
/** What is said of where a link begins, and holds of where it lands too. */
const ofLanding: ReadonlySet<Find> = new Set([
  'ip-host',
  'credentials',
  'punycode',
  'mixed-script',
  'confusable',
  'shortener',
])

/** The same of where the address itself says that it goes on to; nothing is looked up. */
function landingReasons(
  link: Link,
  target: LinkTarget,
  rule: LinkRule,
  own: ReadonlySet<string>,
  when: When,
): Reason[] {
  if (!leadsOn.test(link.href)) return []
  const landing = landingTarget(link.href)
  if (landing.host === null || landing.host === target.host || rule.except?.valueOf(landing.host, when)) return []
  const onward = { ...rule, find: rule.find.filter((find) => ofLanding.has(find)), parameters: new Set<string>() }
  const reasons = reasonsOf({ ...link, href: landing.normalised ?? link.href }, landing, onward, own, when)
  return reasons.map((reason) => ({ ...reason, why: `it goes on to ${landing.host ?? ''}: ${reason.why}` }))
}

function findIn(
  find: Find,
  link: Link,
  target: LinkTarget,
  rule: LinkRule,
  own: ReadonlySet<string>,
  when: When,
): Reason | string | null {
  const { host } = target
  switch (find) {
    case 'mismatch':
      return mismatch(link, target, rule, own, when)
    case 'ip-host':
      return target.isIp && isWeb(target) ? `the host is the number ${host ?? ''}` : null
    case 'credentials':
      return target.hasCredentials && isWeb(target) ? 'a name stands before an @ in front of the host' : null
    case 'punycode':
      return target.punycode && /xn--/i.test(link.href)
        ? `the host is written in code; it shows as ${target.hostUnicode ?? ''}`
        : null
    case 'mixed-script': {
      const label = target.hostUnicode?.split('.').find(mixesScripts)
      return label === undefined ? null : `“${label}” mixes letters of several scripts`
    }
    case 'confusable': {
      const shown = target.hostUnicode ?? ''
      const folded = fold(shown, 'soft').text
      return looksLatin(shown, folded) ? `the host looks like ${folded}` : null
    }
    case 'script':
      return target.placeholder === null && /^(?:javascript|vbscript|livescript|mocha)$/.test(target.scheme ?? '')
        ? `the link runs ${target.scheme ?? ''}`
        : null
    case 'data':
      return target.scheme === 'data' ? 'the link brings its own page' : null
    case 'shortener': {
      const value = host === null ? null : rule.shorteners.valueOf(host, when)
      return value === null ? null : { why: `${host ?? ''} is a shared shortener`, steps: 0, value }
    }
    case 'placeholder':
      return target.placeholder !== null &&
        target.placeholder !== 'merge-tag' &&
        link.visible &&
        link.element !== 'form'
        ? `it leads nowhere yet (${target.placeholder})`
        : null
    case 'port':
      return unusualPort(target)
    case 'insecure':
      return target.scheme === 'http' && /^\s*https:/i.test(link.text) ? 'the text says https, the link is http' : null
  }
}

function mismatch(link: Link, target: LinkTarget, rule: LinkRule, own: ReadonlySet<string>, when: When): Reason | null {
  if (link.element === 'bare' || !isWeb(target) || target.host === null) return null
  const shown = shownTarget(link.text)
  if (target.placeholder === 'merge-tag' || !shown?.host) return null
  const shownDomain = shown.domain ?? shown.host
  const domain = target.domain ?? target.host
  if (shownDomain === domain || own.has(domain) || rule.trackers.valueOf(target.host, when) !== null) return null
  const why = `the text shows ${shownDomain}, the link leads to ${domain}`
  if (namedInside(target, shownDomain))
    return { why: `${why}; the address names the other as where it goes on to`, steps: -1 }
  if (brandOf(shown.host) !== null && brandOf(shown.host) === brandOf(target.host))
    return { why: `${why}; only the ending differs`, steps: -1 }
  return { why, steps: 0 }
}

function brandOf(host: string): string | null {
  return parseDomain(host, { allowPrivateDomains: false }).domainWithoutSuffix
}

/** A redirector carries the address it leads on to: `?url=https%3A%2F%2Fshop.example`. */
function namedInside(target: LinkTarget, domain: string): boolean {
  const url = target.normalised
  if (url === null) return false
  const { search, pathname } = new URL(url)
  const rest = `${pathname}${search}`
  let decoded = rest
  try {
    decoded = decodeURIComponent(rest)
  } catch {
    // Half an escape: the text as it is will do.
  }
  return /https?:/i.test(decoded) && decoded.toLowerCase().includes(domain)
}

function isWeb(target: LinkTarget): boolean {
  return target.scheme === 'http' || target.scheme === 'https' || target.scheme === null
}

function parameterNames(target: LinkTarget): string[] {
  return target.normalised === null || !isWeb(target) ? [] : [...new URL(target.normalised).searchParams.keys()]
}

function unusualPort(target: LinkTarget): string | null {
  if (target.normalised === null || !isWeb(target)) return null
  const { port } = new URL(target.normalised)
  return port === '' || port === '80' || port === '443' || port === '8080' ? null : `the port is ${port}`
}

/** Registrable domains that the sender shows as its own. */
function ownDomains(scene: Scene): ReadonlySet<string> {
  const { message } = scene.views
  const from = message.texts.filter(({ kind }) => kind === 'from').map(({ text }) => text)
  const fields = scene.views.headers
    .filter(({ name }) => /^(?:from|sender|return-path)$/i.test(name))
    .map(({ value }) => value)
  return new Set([...from, ...fields].flatMap((value) => firstDomain(value) ?? []))
}

const maxShown = 120

function linkHit(link: Link, target: LinkTarget, certainty: Hit['certainty'], reasons: readonly Reason[]): Hit {
  const values = reasons.flatMap(({ value }) => (value === undefined || value.source === null ? [] : [value]))
  const shown = link.href.length > maxShown ? `${link.href.slice(0, maxShown)}…` : link.href
  const lead =
    link.text.trim() === '' || link.element === 'bare' ? '' : `${link.text.trim().replace(/\s+/g, ' ').slice(0, 60)} → `
  const bare = (target.normalised ?? link.href).replace(/[?#].*$/s, '')
  return {
    part: `link:${link.number}`,
    source: link.source,
    span: link.hrefSpan,
    certainty,
    match: shown,
    normalised: {
      match: target.host ?? bare.slice(0, 200),
      sentence: `${fold(link.text, 'soft').text.trim()} ${withoutTokens(bare)}`,
    },
    around: { text: lead + shown, start: lead.length, end: lead.length + shown.length },
    ...(values.length === 0 ? {} : { values }),
    explain: reasons.map(({ why }) => why),
  }
}

/** Segments that differ from mail to mail (`/c/8f3a…`) say nothing of the link. */
function withoutTokens(address: string): string {
  return address
    .split('/')
    .map((segment) => (segment.length >= 12 && /\d/.test(segment) && !segment.includes('.') ? '*' : segment))
    .join('/')
}
