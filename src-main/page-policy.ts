/** What the page may do, said once for both hosts: the desktop's app scheme and the browser mode's loopback server. */

/** Every Trusted Types policy the page makes; the page's own list is src-renderer/src/trusted-types.ts. */
export const trustedTypesPolicies = [
  'message-frame',
  'monaco-worker',
  'vue',
  // Monaco's own.
  'defaultWorkerFactory',
  'domLineBreaksComputer',
  'editorViewLayer',
  'tokenizeToString',
  'standaloneColorizer',
  'stickyScrollViewLayer',
  'richScreenReaderContent',
  'editorGhostText',
  'diffEditorWidget',
  'diffReview',
  'dompurify',
] as const

const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Monaco and the message frame (which inherits this policy) style inline.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'"],
  'frame-src': ["'none'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': trustedTypesPolicies,
} as const satisfies Record<string, readonly string[]>

/**
 * The Content-Security-Policy of every response of a page host. `connect` adds origins to `connect-src`: the loopback
 * host names its own WebSocket origin, which not every browser counts as `'self'`.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  const withConnect = { ...directives, 'connect-src': [...directives['connect-src'], ...connect] }
  return Object.entries(withConnect)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/** All headers of a page response but its type. */
export function pageHeaders(connect: readonly string[] = []): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=(), payment=()',
    'Cache-Control': 'no-store',
  }
}
