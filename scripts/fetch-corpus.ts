import { join } from 'node:path'
import { fetchCorpus } from '../test/corpus/fetch.ts'

/** `npm run corpus:fetch`: brings the real mails into the cache, for tests that use them when they are there. */
console.log(`${String(fetchCorpus(join(import.meta.dirname, '..', '.cache', 'corpus')).length)} mails in the cache`)
