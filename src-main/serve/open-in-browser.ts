import { spawn } from 'node:child_process'

/**
 * Hands an address to the default browser; false when there is no program to do so. The address is an argument of its own,
 * no shell reads it. Other users of the machine may see it.
 */
export function openInBrowser(url: string, platform: string = process.platform): Promise<boolean> {
  const [program, ...args] = opener(platform)
  return new Promise((resolve) => {
    const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

function opener(platform: string): readonly [string, ...string[]] {
  switch (platform) {
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler']
    case 'darwin':
      return ['open']
    default:
      return ['xdg-open']
  }
}
