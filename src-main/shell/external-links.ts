import { shell } from 'electron'
import { externalAddress } from '../review/external-address.ts'

/**
 * The only way out of the program: the default browser or mail program, for an address of a message that the person has
 * been shown whole (`link.inspect`) and has said yes to. False when the address is refused or nothing opens it.
 */
export async function openExternally(address: string): Promise<boolean> {
  const checked = externalAddress(address)
  if (!checked.ok) return false
  try {
    await shell.openExternal(checked.value.href)
    return true
  } catch {
    return false
  }
}
