import type { PolicyDescription } from '../../src-main/review/job.ts'
import type { Clause } from '../../src-main/rules/pack.ts'

export function aClause(given: Partial<Clause> & Pick<Clause, 'id'>): Clause {
  return {
    parent: null,
    section: 'Prohibited conduct',
    heading: `Heading of ${given.id}`,
    summary: 'In our own words.',
    file: null,
    judge: null,
    attest: [],
    sources: [],
    ...given,
  }
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
