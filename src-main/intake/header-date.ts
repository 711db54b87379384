const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 5322 section 4.3; letters nobody can tell the meaning of count as UTC. */
const namedZones: Readonly<Record<string, string>> = {
  edt: '-04:00',
  est: '-05:00',
  cdt: '-05:00',
  cst: '-06:00',
  mdt: '-06:00',
  mst: '-07:00',
  pdt: '-07:00',
  pst: '-08:00',
}

/** A `Date` value (RFC 5322 section 3.3) as ISO 8601 in the sender's own offset; null when it is none. */
export function isoDate(value: string): string | null {
  const plain = value.replace(/\([^()]*\)/g, ' ').trim()
  const match =
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?/i.exec(
      plain,
    )
  if (match === null) return null
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '00', zoneText = ''] = match
  const month = months.indexOf(monthName.toLowerCase()) + 1
  if (month === 0) return null
  const year = fullYear(yearText)
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(Number(day))}`
  const isReal = new Date(Date.UTC(year, month - 1, Number(day))).getUTCDate() === Number(day)
  if (!isReal || Number(day) === 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null
  return `${date}T${pad(Number(hour))}:${minute}:${second}${isoZone(zoneText)}`
}

/** RFC 5322 section 4.3: two digits from 00 to 49 are 20xx, other short years count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length >= 4) return year
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

function isoZone(zone: string): string {
  if (/^[+-]\d{4}$/.test(zone)) {
    if (zone === '+0000' || zone === '-0000') return 'Z'
    return `${zone.slice(0, 3)}:${zone.slice(3)}`
  }
  return namedZones[zone.toLowerCase()] ?? 'Z'
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
