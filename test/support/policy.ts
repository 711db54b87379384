import type { PolicyDescription } from '../../src-main/review/job.ts'
import type { Ask, Clause } from '../../src-main/rules/pack.ts'

type GivenClause = Partial<Omit<Clause, 'attest'>> &
  Pick<Clause, 'id'> & { readonly attest?: readonly (string | Ask)[] }

export function aClause({ attest = [], ...given }: GivenClause): Clause {
  return {
    parent: null,
    section: 'Prohibited conduct',
    heading: `Heading of ${given.id}`,
    summary: 'In our own words.',
    file: null,
    judge: null,
    sources: [],
    ...given,
    attest: attest.map((one) => (typeof one === 'string' ? anAsk({ question: one }) : one)),
  }
}

export function anAsk(given: Partial<Ask> & Pick<Ask, 'question'>): Ask {
  return { id: null, scope: 'campaign', evidence: null, lifts: true, when: null, ...given }
}

export function aPolicy(clauses: readonly Clause[], rules: PolicyDescription['rules'] = []): PolicyDescription {
  return {
    policy: 'klaviyo-aup',
    title: 'Acceptable use policy',
    version: '2021-09-24',
    basis: 'primary',
    clauses,
    rules,
  }
}
