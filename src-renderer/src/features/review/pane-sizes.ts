/** Widths of the side panes; 0: collapsed. */
export interface PaneWidths {
  readonly messages: number
  readonly findings: number
}

const wideFromPx = 1200
/** Of the window: the message itself must keep room, whatever was chosen on a larger screen. */
const maxShare = { messages: 0.27, findings: 0.31 } as const

/** Widths to begin with: what was kept, or what suits the window, within what it has room for. */
export function paneWidths(kept: Readonly<Record<string, number>>, windowWidthPx: number): PaneWidths {
  const wide = windowWidthPx >= wideFromPx
  const room = roomFor(windowWidthPx)
  return {
    messages: Math.min(kept.messages ?? (wide ? 320 : 240), room.messages),
    findings: Math.min(kept.findings ?? (wide ? 380 : 290), room.findings),
  }
}

/** The widest that a pane should be by itself; by hand it may be made wider. */
export function roomFor(windowWidthPx: number): PaneWidths {
  return {
    messages: Math.round(windowWidthPx * maxShare.messages),
    findings: Math.round(windowWidthPx * maxShare.findings),
  }
}
