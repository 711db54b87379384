import { inject, shallowReactive, type InjectionKey } from 'vue'
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

export const commandGroups = ['open', 'screens', 'messages', 'findings', 'views', 'app'] as const
export type CommandGroup = (typeof commandGroups)[number]

export interface CommandRegistry {
  /** In order of registration. */
  readonly all: () => readonly Command[]
  /** Returns the removal. */
  readonly add: (commands: readonly Command[]) => () => void
  /** False when there is no such command, or it makes no sense now. */
  readonly run: (id: string) => boolean
  /** Runs what the key stands for; the event is then used up. */
  readonly handleKey: (event: KeyboardEvent) => void
}

export function createCommands(isBlocked: () => boolean): CommandRegistry {
  const commands: Command[] = shallowReactive([])

  function applies(command: Command): boolean {
    return command.when?.() !== false
  }

  return {
    all: () => commands,
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
          candidate.keys.some((written) => {
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
