import { init, type ModuleInfos } from 'license-checker-rseidelsohn'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every installed package must carry a licence that can be combined with Apache-2.0; the lock file must name no download address. */

const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0', // spdx-exceptions, spdx-ranges: data of a development tool, never shipped
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'W3C-20150513',
  'WTFPL',
  'Zlib',
])

/** `(MIT OR EUPL-1.1+)`: one choice that is allowed is enough; `A AND B`: both must be. */
function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()*]/g, '').trim()
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isAllowed)
  return bare.split(' OR ').some((licence) => allowed.has(licence.trim()))
}

const root = join(import.meta.dirname, '..')

const packages = await new Promise<ModuleInfos>((resolve, reject) => {
  init({ start: root, excludePrivatePackages: true }, (error, found) => {
    if (error instanceof Error) reject(error)
    else resolve(found)
  })
})

const refused = Object.entries(packages).filter(([, info]) => {
  const licences = info.licenses ?? 'none'
  return !(Array.isArray(licences) ? licences : [licences]).every(isAllowed)
})
for (const [name, info] of refused) console.error(`${name}: ${String(info.licenses)} is not among the allowed licences`)

const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
const addresses = lock.match(/"resolved":/g)?.length ?? 0
if (addresses > 0)
  console.error(`package-lock.json holds ${String(addresses)} download addresses; .npmrc leaves them out`)

console.log(
  `${String(Object.keys(packages).length)} packages, ${String(refused.length)} with a licence that is not allowed`,
)
process.exitCode = refused.length > 0 || addresses > 0 ? 1 : 0
