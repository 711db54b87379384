import { inject, shallowReactive, shallowRef, type InjectionKey } from 'vue'
import { isPlainCharacter, keyMatches, parseKey, takesText } from './keymap.ts'

/** Something a person can do: keys, buttons, the keyboard map and the desktop's menu all come from these. */
export interface Command {
  readonly id: string
  /** Key in the locale file. */
  readonly label: string
  readonly group: CommandGroup
  readonly keys: readonly string[]
  /** Whether it makes sense now; always, when missing. */
  readonly when?: () => boolean
  readonly run: () => void
}

export const commandGroups = ['open', 'screens', 'messages', 'findings', 'views', 'clauses', 'app'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** What a person changed about keys. */
export interface KeyChoices {
  /** By the command's id; empty: it has no key any more. */
  readonly changed: Readonly<Record<string, readonly string[]>>
  /** Single letters are commands. */
  readonly letterKeys: boolean
}

export interface CommandRegistry {
  /** In order of registration. */
  readonly all: () => readonly Command[]
  /** What makes sense now, in order of registration. */
  readonly possible: () => readonly Command[]
  /** The keys it answers to now. */
  readonly keysOf: (command: Pick<Command, 'id' | 'keys'>) => readonly string[]
  readonly choose: (choices: KeyChoices) => void
  /** Returns the removal. */
  readonly add: (commands: readonly Command[]) => () => void
  /** False when there is no such command, or it makes no sense now. */
  readonly run: (id: string) => boolean
  /** Runs what the key stands for; the event is then used up. */
  readonly handleKey: (event: KeyboardEvent) => void
}

export function createCommands(isBlocked: () => boolean): CommandRegistry {
  const commands: Command[] = shallowReactive([])
  const choices = shallowRef<KeyChoices>({ changed: {}, letterKeys: true })

  function applies(command: Command): boolean {
    return command.when?.() !== false
  }

  function keysOf({ id, keys }: Pick<Command, 'id' | 'keys'>): readonly string[] {
    const own = choices.value.changed[id] ?? keys
    return choices.value.letterKeys ? own : own.filter((written) => !isPlainCharacter(parseKey(written)))
  }

  return {
    all: () => commands,
    possible: () => commands.filter(applies),
    keysOf,
    choose: (next) => void (choices.value = next),
    add(added) {
      commands.push(...added)
      return () => {
        for (const command of added) commands.splice(commands.indexOf(command), 1)
      }
    },
    run(id) {
      const command = commands.find((candidate) => candidate.id === id && applies(candidate))
      command?.run()
      return command !== undefined
    },
    handleKey(event) {
      if (event.defaultPrevented || event.isComposing || isBlocked()) return
      const command = commands.find(
        (candidate) =>
          applies(candidate) &&
          keysOf(candidate).some((written) => {
            const stroke = parseKey(written)
            return keyMatches(stroke, event) && !(isPlainCharacter(stroke) && takesText(event.target))
          }),
      )
      if (command === undefined) return
      event.preventDefault()
      event.stopPropagation()
      command.run()
    },
  }
}

export const commandsKey: InjectionKey<CommandRegistry> = Symbol('commands')

export function useCommands(): CommandRegistry {
  const commands = inject(commandsKey)
  if (commands === undefined) throw new Error('no commands provided')
  return commands
}
