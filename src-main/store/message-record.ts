import type { Act, Binding, DecisionAct, Outcome, OwnFinding } from './acts.ts'

/** An event as it stands in the file. */
export interface StoredEvent {
  readonly id: number
  readonly at: string
  readonly by: string
  /** Of the bytes that the person looked at; null: not about a message. */
  readonly content: string | null
  readonly act: Act
}

interface Done {
  readonly event: number
  readonly at: string
  readonly by: string
  readonly content: string | null
}

export interface KeptDecision extends Done, Omit<DecisionAct, 'decision'> {
  readonly decision: NonNullable<DecisionAct['decision']>
}

export interface KeptComment extends Done {
  readonly fingerprint: string | null
  readonly text: string
}

export interface KeptFinding extends Done {
  readonly fingerprint: string
  readonly finding: OwnFinding
}

export interface KeptSignOff extends Done {
  readonly snapshot: string
  readonly binding: Binding
}

/** What people have done about a message, as of now: derived from its events, never stored. */
export interface MessageRecord {
  /** One a fingerprint; what was opened again is left out. */
  readonly decisions: readonly KeptDecision[]
  readonly comments: readonly KeptComment[]
  readonly findings: readonly KeptFinding[]
  readonly outcome: (Done & { readonly outcome: Outcome }) | null
  /** Newest last. */
  readonly signOffs: readonly KeptSignOff[]
}

export const emptyRecord: MessageRecord = { decisions: [], comments: [], findings: [], outcome: null, signOffs: [] }

/** `events`: of one message, oldest first. */
export function recordOf(events: readonly StoredEvent[]): MessageRecord {
  const decisions = new Map<string, KeptDecision>()
  const findings = new Map<string, KeptFinding>()
  const comments: KeptComment[] = []
  const signOffs: KeptSignOff[] = []
  let outcome: MessageRecord['outcome'] = null
  for (const { id, at, by, content, act } of events) {
    const done: Done = { event: id, at, by, content }
    switch (act.kind) {
      case 'decision': {
        const { decision } = act
        decisions.delete(act.fingerprint)
        if (decision !== null) decisions.set(act.fingerprint, { ...act, ...done, decision })
        break
      }
      case 'comment':
        comments.push({ ...done, fingerprint: act.fingerprint, text: act.text })
        break
      case 'finding':
        findings.delete(act.fingerprint)
        if (act.finding !== null)
          findings.set(act.fingerprint, { ...done, fingerprint: act.fingerprint, finding: act.finding })
        break
      case 'outcome':
        outcome = act.outcome === null ? null : { ...done, outcome: act.outcome }
        break
      case 'sign-off':
        signOffs.push({ ...done, snapshot: act.snapshot, binding: act.binding })
        outcome = null
        break
      case 'attestation':
      case 'revision-of':
      case 'reviewer':
      case 'title':
        break
    }
  }
  return { decisions: [...decisions.values()], comments, findings: [...findings.values()], outcome, signOffs }
}
