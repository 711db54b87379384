import { expect, test } from 'vitest'
import { windowOptions } from '../../../src-main/shell/window-options.ts'

/** S1: written out, so that a change of any of these is a change of this file. */
test('every window is made with exactly these options', () => {
  const look = {
    preload: '/app/preload.cjs',
    bounds: { width: 1440, height: 900 },
    background: '#ffffff',
    devTools: false,
  }
  expect(windowOptions(look)).toEqual({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    title: 'clausebench',
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      autoplayPolicy: 'document-user-activation-required',
      spellcheck: false,
      devTools: false,
    },
  })
})

test('a remembered place is taken over, developer tools only where asked for', () => {
  const bounds = { x: 10, y: 20, width: 900, height: 700 }
  const options = windowOptions({ preload: 'p', bounds, background: '#000000', devTools: true })
  expect(options).toMatchObject({ ...bounds, webPreferences: { devTools: true } })
})
