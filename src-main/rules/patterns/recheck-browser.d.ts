declare module 'recheck/lib/browser.js' {
  /** Node hands a CommonJS module over as `default`, a bundler by its names. */
  export const checkSync: typeof import('recheck').checkSync | undefined
  const whole: { readonly checkSync: typeof import('recheck').checkSync }
  export default whole
}
