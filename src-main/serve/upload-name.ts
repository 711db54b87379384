const maxUnits = 4096
const maxSegmentBytes = 255
const maxSegments = 32

/**
 * The segments of an uploaded file's relative path, each fit to be one name in a folder of ours; null when any is not:
 * empty, `.` or `..`, with a separator, a drive's colon or a control character, or too long for a file system.
 */
export function uploadSegments(name: string): readonly string[] | null {
  if (name.length === 0 || name.length > maxUnits) return null
  const segments = name.split('/')
  if (segments.length > maxSegments) return null
  return segments.every(isFileName) ? segments : null
}

function isFileName(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false
  // With the u flag, surrogates match only where they stand alone.
  if (/[\u0000-\u001f\u007f\\:\ud800-\udfff]/u.test(segment)) return false
  return Buffer.byteLength(segment) <= maxSegmentBytes
}
