/** Names that mailers write and the Encoding Standard does not list; by `plainLabel`. */
const otherNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms932: 'shift_jis',
    sjis: 'shift_jis',
    xmssjis: 'shift_jis',
    jis: 'iso-2022-jp',
    iso2022jp: 'iso-2022-jp',
    iso2022jp1: 'iso-2022-jp',
    iso2022jp2: 'iso-2022-jp',
    iso2022jpms: 'iso-2022-jp',
    iso2022jp2004: 'iso-2022-jp',
    cp50220: 'iso-2022-jp',
    cp50221: 'iso-2022-jp',
    cp51932: 'euc-jp',
    eucjp: 'euc-jp',
    ujis: 'euc-jp',
    eucjpms: 'euc-jp',
    euckr: 'euc-kr',
    ksc: 'euc-kr',
    ksc5601: 'euc-kr',
    ksc56011987: 'euc-kr',
    ksx1001: 'euc-kr',
    uhc: 'euc-kr',
    johab: 'x-johab',
    euccn: 'gbk',
    gb: 'gbk',
    gb2312: 'gbk',
    gb231280: 'gbk',
    gb2312charset: 'gbk',
    gbk: 'gbk',
    xgbk: 'gbk',
    gb13000: 'gbk',
    gb18030: 'gb18030',
    gb180302000: 'gb18030',
    chinesesimp: 'gbk',
    chinesegb: 'gbk',
    big5: 'big5',
    big5eten: 'big5',
    big5hkscs: 'big5',
    xbig5: 'big5',
    chinesebig5: 'big5',
    chinesetrad: 'big5',
    hz: 'hz-gb-2312',
    hzgb: 'hz-gb-2312',
    hzgb2312: 'hz-gb-2312',
    iso2022kr: 'iso-2022-kr',
    utf: 'utf-8',
    utf8: 'utf-8',
    xutf8: 'utf-8',
    utf8mb4: 'utf-8',
    utf8sig: 'utf-8',
    utf8n: 'utf-8',
    utf8bom: 'utf-8',
    utf7: 'utf-7',
    xutf7: 'utf-7',
    cp65000: 'utf-7',
    cp65001: 'utf-8',
    unicode11utf7: 'utf-7',
    unicode11utf8: 'utf-8',
    unicode20utf7: 'utf-7',
    unicode20utf8: 'utf-8',
    csunicode11utf7: 'utf-7',
    utf32: 'utf-32',
    utf32be: 'utf-32be',
    utf32le: 'utf-32le',
    ucs4: 'utf-32',
    iso10646ucs4: 'utf-32',
    utf16: 'utf-16',
    ucs2: 'utf-16',
    roman: 'macintosh',
    macroman: 'macintosh',
    applemac: 'macintosh',
    applelatin1: 'macintosh',
    xmacroman: 'macintosh',
    maccyrillic: 'x-mac-cyrillic',
    koi8: 'koi8-r',
    koi8r: 'koi8-r',
    koi8u: 'koi8-u',
    tis: 'windows-874',
    tis620: 'windows-874',
    iso885911: 'windows-874',
    thai: 'windows-874',
    westerneuropeaniso: 'windows-1252',
    westerneuropeanwindows: 'windows-1252',
    western: 'windows-1252',
    csibm1252: 'windows-1252',
    iso88591windows31latin1: 'windows-1252',
    iso88598i: 'iso-8859-8-i',
    iso88598e: 'iso-8859-8',
    is88598i: 'iso-8859-8-i',
  }),
)

/**
 * The name under which a decoder may know a charset that a mail or page labels so: trimmed, lower case, and where the
 * Encoding Standard does not list it, the one that is meant (`ks_c`, `win-1251`, `iso8859_15`, `cp1252`).
 */
export function settledLabel(label: string): string {
  const trimmed = label
    .trim()
    .replace(/^["'<\s]+|["'>;,\s]+$/g, '')
    .toLowerCase()
  const name = trimmed.replace(/^\$?charset\s*=\s*["']?/, '').replace(/^_(iso-2022-jp)\$(?:esc|sio)$/, '$1')
  const plain = plainLabel(name)
  return otherNames.get(plain) ?? patternedName(plain) ?? name
}

/** Without what mailers put between letters and digits. */
function plainLabel(name: string): string {
  return name.replace(/[\s._:-]+/g, '')
}

/** Families of names: Windows and DOS code pages, ISO 8859 with and without its year, Latin-N. */
function patternedName(plain: string): string | null {
  const page =
    /^(?:x|cs)?(?:cp|ms|mscp|win|windows|windowscp|microsoftcp|ansi|ibm|dos|oem|pc)?(\d{3,4})(?:multilingual)?$/.exec(
      plain,
    )?.[1]
  if (page !== undefined) return codePageName(page)
  const part = /^(?:x|cs)?(?:is[o0])?8859(1[0-6]|[1-9])(?:(?:19|20)\d\d)?(?:windows.*)?$/.exec(plain)?.[1]
  if (part !== undefined) return part === '11' ? 'windows-874' : `iso-8859-${part}`
  const latin = /^(?:iso)?latin(\d{1,2})$/.exec(plain)?.[1]
  return latin === undefined ? null : (latinParts[latin] ?? null)
}

const latinParts: Readonly<Record<string, string>> = {
  1: 'iso-8859-1',
  2: 'iso-8859-2',
  3: 'iso-8859-3',
  4: 'iso-8859-4',
  5: 'windows-1254',
  6: 'iso-8859-10',
  7: 'iso-8859-13',
  8: 'iso-8859-14',
  9: 'iso-8859-15',
  10: 'iso-8859-16',
}

function codePageName(page: string): string | null {
  switch (page) {
    case '932':
      return 'shift_jis'
    case '936':
      return 'gbk'
    case '949':
      return 'euc-kr'
    case '950':
      return 'big5'
    case '819':
      return 'iso-8859-1'
    case '874':
      return 'windows-874'
    case '866':
      return 'ibm866'
    case '878':
      return 'koi8-r'
    default:
      return /^125[0-8]$/.test(page) ? `windows-${page}` : /^(?:4|7|8|11)\d\d$/.test(page) ? `ibm${page}` : null
  }
}

/** Plain ASCII, which every fallback reads alike, and the placeholders that mailers leave for a charset they did not know. */
export function saysNothing(label: string): boolean {
  return /^\s*["']?(?:us-?ascii|ascii(?:-?7bit)?|ansi|ansi_x3\.4-19\d\d|iso-?646(?:-?us)?|iso_646\.irv:1991|x-ascii|(?:x-)?(?:unknown|user-defined)(?:-?(?:8|7)-?bit)?|(?:x-)?un(?:known|defined|specified)(?:-charset)?|default(?:_charset)?|_?autodetect(?:_.*)?|[78]-?bit|binary|none|null|plain|text|html|(?:%|\$|\[|\{).*)?["']?\s*$/i.test(
    label,
  )
}

/** Labels whose text is not what its ASCII bytes look like, so that reading them as ASCII would lose text. */
export function hidesTextInAscii(label: string): boolean {
  return /utf-?7|hz|iso-?2022|utf-?32|ucs-?[24]|ebcdic|imap|cp037|ibm037|johab/i.test(label)
}
