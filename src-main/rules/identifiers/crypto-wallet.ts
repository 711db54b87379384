import { createHash } from 'node:crypto'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58xmr, base58xrp, bech32, bech32m, createBase58check } from '@scure/base'
import { shapeOf, type IdentifierType } from './identifier-type.ts'

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest())
const base58check = createBase58check(sha256)

/** Version bytes of addresses with 20 bytes of a hash behind them. */
const versions = new Map([
  [0x00, 'Bitcoin'],
  [0x05, 'Bitcoin or Litecoin'],
  [0x16, 'Dogecoin'],
  [0x1e, 'Dogecoin'],
  [0x30, 'Litecoin'],
  [0x32, 'Litecoin'],
  [0x41, 'Tron'],
  [0x4c, 'Dash'],
])
const prefixes = new Map([
  ['bc', 'Bitcoin'],
  ['ltc', 'Litecoin'],
  ['addr', 'Cardano'],
  ['cosmos', 'Cosmos'],
  ['bnb', 'BNB'],
])

/** Bitcoin Wiki, “Base58Check encoding”. */
function byBase58(address: string): string | null {
  const bytes = decoded(() => base58check.decode(address))
  if (bytes === null) return null
  const coin = bytes.length === 21 ? versions.get(bytes[0] ?? -1) : undefined
  if (coin !== undefined) return `${coin}, base58check`
  return bytes.length === 22 && bytes[0] === 0x1c && (bytes[1] === 0xb8 || bytes[1] === 0xbd)
    ? 'Zcash, base58check'
    : null
}

/** XRP Ledger: the same check in another order of letters. */
function byRippleBase58(address: string): string | null {
  const bytes = decoded(() => base58xrp.decode(address))
  if (bytes?.length !== 25 || bytes[0] !== 0) return null
  const sum = sha256(sha256(bytes.slice(0, 21)))
  return bytes.slice(21).every((byte, at) => byte === sum[at]) ? 'XRP, base58check' : null
}

/** Monero: base58 in blocks, the first four bytes of Keccak behind it. */
function byMonero(address: string): string | null {
  const bytes = decoded(() => base58xmr.decode(address))
  if (bytes?.length !== 69 || ![18, 19, 42].includes(bytes[0] ?? -1)) return null
  const sum = keccak_256(bytes.slice(0, 65))
  return bytes.slice(65).every((byte, at) => byte === sum[at]) ? 'Monero, Keccak check' : null
}

/** BIP 173 and BIP 350. */
function byBech32(address: string): string | null {
  for (const [name, code] of [
    ['bech32', bech32],
    ['bech32m', bech32m],
  ] as const) {
    // The shape has asked for the digit 1 between prefix and data.
    const read = decoded(() => code.decode(address as `${string}1${string}`, 120))
    const coin = read === null ? undefined : prefixes.get(read.prefix)
    if (coin !== undefined) return `${coin}, ${name}`
  }
  return null
}

/** EIP-55: the letters' case is the check; an address all in one case has none. */
function byEip55(address: string): { readonly why: string; readonly bare: boolean } | null {
  const digits = address.slice(2)
  const lower = digits.toLowerCase()
  if (/^(.)\1*$/.test(lower)) return null
  if (digits === lower || digits === digits.toUpperCase()) return { why: 'shape of an Ethereum address', bare: true }
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(lower))).toString('hex')
  const expected = Array.from(lower, (digit, at) => (parseInt(hash.charAt(at), 16) >= 8 ? digit.toUpperCase() : digit))
  return expected.join('') === digits ? { why: 'Ethereum, EIP-55', bare: false } : null
}

function decoded<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch {
    return null
  }
}

function whyOf(address: string): { readonly why: string; readonly bare: boolean } | null {
  if (/^0x/i.test(address)) return byEip55(address)
  if (/^(?:bc|ltc|addr|cosmos|bnb)1/i.test(address)) {
    const why = byBech32(address)
    return why === null ? null : { why, bare: false }
  }
  const why = address.length > 90 ? byMonero(address) : (byBase58(address) ?? byRippleBase58(address))
  return why === null ? null : { why, bare: false }
}

/** Nobody's: the first block's, those that burn, those of the standards. */
const published: ReadonlySet<string> = new Set([
  '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
  '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2',
  '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy',
  '1BitcoinEaterAddressDontSendf59kuE',
  '1111111111111111111114oLvT2',
  'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh',
])

/** Wallet addresses by their own checks, in the letter case in which they are written. */
export const cryptoWallet: IdentifierType = {
  type: 'crypto-wallet',
  title: 'Cryptocurrency wallet address',
  country: null,
  shape: shapeOf(
    String.raw`0x[0-9a-f]{40}|(?:bc|ltc|cosmos|bnb)1[0-9a-z]{38,60}|addr1[0-9a-z]{53,99}|[13ldamxtr][1-9a-z]{24,34}|[48][0-9a-z]{94}`,
  ),
  check: () => null,
  checkWritten(candidate) {
    const found = published.has(candidate) ? null : whyOf(candidate)
    return found === null ? null : { length: candidate.length, ...found }
  },
  looksLike: () => false,
  context: [
    'wallet',
    'address',
    'btc',
    'bitcoin',
    'eth',
    'ethereum',
    'usdt',
    'crypto',
    'send to',
    'deposit',
    'xrp',
    'litecoin',
  ],
  contextIs: 'raises',
}
