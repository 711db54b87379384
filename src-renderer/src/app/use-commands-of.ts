import { onUnmounted } from 'vue'
import { useCommands, type Command } from './commands.ts'
import { useNavigation, type Screen } from './navigation.ts'

/** Commands of a part of a screen: there while the part is, and only while its screen is shown. */
export function useCommandsOf(screen: Screen, commands: readonly Command[]): void {
  const registry = useCommands()
  const navigation = useNavigation()
  const remove = registry.add(
    commands.map((command) => ({
      ...command,
      when: () => navigation.screen === screen && command.when?.() !== false,
    })),
  )
  onUnmounted(remove)
}
