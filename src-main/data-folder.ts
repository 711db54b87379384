import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './environment.ts'

/**
 * Where settings and workspaces lie unless `--data` or `CLAUSEBENCH_DATA` says otherwise; one place for the desktop
 * and the browser mode: the platform's folder for an application's data.
 */
export function platformDataDir(
  environment: Pick<Environment, 'xdgDataHome' | 'appData'>,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return join(environment.appData ?? join(home, 'AppData', 'Roaming'), 'clausebench')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'clausebench')
    default:
      return join(environment.xdgDataHome ?? join(home, '.local', 'share'), 'clausebench')
  }
}
