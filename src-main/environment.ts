/** The one place that reads the process's environment: every variable the program listens to, by name and meaning. */
export interface Environment {
  /** `CLAUSEBENCH_DATA`: where workspaces and settings lie, instead of the platform's data folder. */
  readonly dataDir: string | null
  /** `NO_COLOR` (any non-empty value): no colours on the terminal. */
  readonly noColor: boolean
  /** Whether a window could be shown: always on Windows and macOS; on Linux a display server is named. */
  readonly hasDisplay: boolean
  /** Base folders for data by platform (`XDG_DATA_HOME`, `APPDATA`), null where unset. */
  readonly xdgDataHome: string | null
  readonly appData: string | null
}

export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): Environment {
  const value = (name: string): string | null => variables[name] || null
  return {
    dataDir: value('CLAUSEBENCH_DATA'),
    noColor: value('NO_COLOR') !== null,
    hasDisplay: platform !== 'linux' || value('DISPLAY') !== null || value('WAYLAND_DISPLAY') !== null,
    xdgDataHome: value('XDG_DATA_HOME'),
    appData: value('APPDATA'),
  }
}
