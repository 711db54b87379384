import { useCommandsOf } from '../../app/use-commands-of.ts'
import type { Command } from '../../app/commands.ts'
import { useCampaigns } from '../review/campaigns.ts'
import { useMessageList } from '../review/message-list.ts'
import { useOpenMessage } from '../review/open-message.ts'
import { usePeople, type DecisionKind } from './people.ts'

/** Keys of deciding: digits on the chosen card, and what stands around them. */
export function useDecideCommands(): void {
  const open = useOpenMessage()
  const people = usePeople()
  const campaigns = useCampaigns()
  const list = useMessageList()
  const isChosen = () => open.chosen !== null && people.form === null
  const hasMessage = () => open.message !== null

  const decision = (id: string, key: string, kind: DecisionKind): Omit<Command, 'label'> => ({
    id,
    group: 'findings',
    keys: [key],
    when: isChosen,
    run() {
      if (kind === 'confirmed') void people.decide({ kind, reason: '', whom: null, expires: null })
      else people.form = kind
    },
  })

  useCommandsOf('review', [
    { ...decision('decide.confirm', '1', 'confirmed'), label: 'commands.decideConfirm' },
    { ...decision('decide.falseAlarm', '2', 'false-alarm'), label: 'commands.decideFalseAlarm' },
    { ...decision('decide.accept', '3', 'accepted'), label: 'commands.decideAccept' },
    { ...decision('decide.ask', '4', 'asked'), label: 'commands.decideAsk' },
    {
      id: 'decide.keep',
      label: 'commands.decideKeep',
      group: 'findings',
      keys: ['Enter'],
      when: () => isChosen() && people.stateOf(open.chosen?.id ?? '')?.offer != null && !isOnOtherControl(),
      run: () => void people.keepOffer(),
    },
    {
      id: 'decide.undo',
      label: 'commands.decideUndo',
      group: 'findings',
      keys: ['Ctrl+Z'],
      when: () => people.undos.length > 0 && !isTyping(),
      run: () => void people.undo(),
    },
    {
      id: 'finding.nextOpenError',
      label: 'commands.findingNextOpenError',
      group: 'findings',
      keys: ['Alt+F8'],
      when: hasMessage,
      run: () => void people.nextOpenError(),
    },
    {
      id: 'finding.own',
      label: 'commands.findingOwn',
      group: 'findings',
      keys: ['n'],
      when: hasMessage,
      run: () => (people.asking = 'own-finding'),
    },
    {
      id: 'finding.comment',
      label: 'commands.findingComment',
      group: 'findings',
      keys: ['m'],
      when: hasMessage,
      run() {
        if (open.chosen === null) people.asking = 'comment'
        else people.form = 'comment'
      },
    },
    {
      id: 'message.sign',
      label: 'commands.messageSign',
      group: 'messages',
      keys: ['Ctrl+Enter'],
      when: () => hasMessage() && campaigns.selectedSummary?.earlier !== true,
      run: () => (people.asking = 'sign'),
    },
    {
      id: 'message.feedback',
      label: 'commands.messageFeedback',
      group: 'messages',
      keys: ['Ctrl+Shift+F'],
      when: hasMessage,
      run: () => (people.asking = 'feedback'),
    },
    {
      id: 'message.report',
      label: 'commands.messageReport',
      group: 'messages',
      keys: ['Ctrl+Alt+P'],
      when: hasMessage,
      run: () => (people.asking = 'report'),
    },
    {
      id: 'campaign.cards',
      label: 'commands.campaignCards',
      group: 'findings',
      keys: ['Ctrl+Shift+G'],
      when: hasMessage,
      run: () => (people.asking = 'cards'),
    },
    {
      id: 'bulk.decide',
      label: 'commands.bulkDecide',
      group: 'messages',
      keys: [],
      when: () => list.marked.size > 0,
      run: () => (people.asking = 'bulk'),
    },
    {
      id: 'message.edit',
      label: 'commands.messageEdit',
      group: 'messages',
      keys: ['Ctrl+Alt+E'],
      when: () => hasMessage() && campaigns.selectedSummary?.earlier !== true,
      run: () => (people.asking = 'edit'),
    },
    {
      id: 'message.revisionOf',
      label: 'commands.messageRevisionOf',
      group: 'messages',
      keys: ['Ctrl+Alt+R'],
      when: hasMessage,
      run: () => (people.asking = 'revision'),
    },
    {
      id: 'message.compare',
      label: 'commands.messageCompare',
      group: 'views',
      keys: ['Ctrl+Shift+D'],
      when: () => (people.review?.revisions.length ?? 0) > 0,
      run: () => (people.asking = 'compare'),
    },
  ])
}

function isTyping(): boolean {
  return document.activeElement?.closest('input, textarea, select, [contenteditable]') != null
}

/** Enter belongs to what has the focus, but for the head of the card. */
function isOnOtherControl(): boolean {
  const focused = document.activeElement
  if (focused?.closest('[data-finding-head]') != null) return false
  return focused?.closest('button, a, input, textarea, select, [role="option"], [role="tab"]') != null
}
