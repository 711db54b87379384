declare module 'recheck/lib/browser.js' {
  import type { checkSync as check } from 'recheck'

  /** Node hands a CommonJS module over as `default`, a bundler by its names. */
  export const checkSync: typeof check | undefined
  const whole: { readonly checkSync: typeof check }
  export default whole
}
