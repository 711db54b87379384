/**
 * Every Trusted Types policy the page makes, by name: the hosts put exactly these into `trusted-types` of the
 * Content-Security-Policy. The first three are ours or Vue's; the rest are Monaco's own.
 */
export const trustedTypesPolicies = [
  'message-frame',
  'monaco-worker',
  'vue',
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
