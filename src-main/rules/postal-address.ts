/** Recognises a postal address in folded text (lower case). Meant to see one where there is one, not to check that it is true. */

const usStates =
  'al|ak|az|ar|ca|co|ct|de|dc|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|pr|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|' +
  'alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|' +
  'michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|' +
  'rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming'
const streetWords =
  'street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|way|court|ct|place|pl|square|sq|highway|hwy|parkway|pkwy|terrace|close|quay|circle|cir|broadway|row|mews|crescent|wharf|plaza|floor|suite|ste'

const forms: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'city, state and ZIP',
    pattern: new RegExp(
      String.raw`(?<![\p{L}.])[\p{L}.]{2,40}[,\n ]{1,3}(?:${usStates})[,. \n]{1,3}\d{5}(?:-\d{4})?(?!\d)`,
      'u',
    ),
  },
  {
    what: 'post office box',
    pattern:
      /(?<![\p{L}\p{N}])(?:p\.? ?o\.? ?box|gpo box|post office box|locked bag|postfach|boite postale|b\.?p\.?|apartado|postbus|casella postale) ?#?\d{1,7}/u,
  },
  {
    what: 'Canadian postal code',
    pattern: /(?<![\p{L}\p{N}])[abceghj-nprstvxy]\d[a-z][ -]?\d[a-z]\d(?![\p{L}\p{N}])/u,
  },
  { what: 'UK postcode', pattern: /(?<![\p{L}\p{N}])(?:[a-z]{1,2}\d[a-z\d]?) \d[abd-hjlnp-uw-z]{2}(?![\p{L}\p{N}])/u },
  {
    what: 'street and number',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}.$])\d{1,6}[a-z]?,? (?:[\p{L}\p{N}.'-]{1,20} ){1,4}(?:${streetWords})\.?[,\n ]{1,3}[\p{L}#\d]`,
      'u',
    ),
  },
  {
    what: 'street, number and postcode',
    pattern:
      /(?<!\p{L})\p{L}{3,40}(?:strasse|straße|str\.?|weg|platz|gasse|allee|ufer|damm|laan|straat|gracht|gatan|vagen|vej|gade|katu|utca) \d{1,4} ?[a-z]?[,\n ·|-]{1,4}(?:[a-z]{1,2}-)?\d{4,5} \p{L}/u,
  },
  {
    what: 'street and postcode',
    pattern:
      /(?<!\p{L})(?:rue|avenue|boulevard|place|via|viale|piazza|calle|avenida|avda\.?|plaza|paseo|camino|carrera|ronda|cuesta|travesia|rua|largo|ul\.?|ulica) [\p{L}' .-]{2,40},? ?\d{0,4} ?[,\n ·|-]{1,4}(?:[a-z]{1,2}-)?\d{2}-?\d{3} \p{L}/u,
  },
  {
    what: 'number, street and postcode',
    pattern:
      /(?<!\p{N})\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|quai|allee|cours|chemin|impasse|route|passage|faubourg|square|esplanade|promenade|ruelle|venelle|sentier|sente|rampe|parvis|villa|cite|hameau|montee|mail) [\p{L}' .-]{2,40}[,\n ·|-]{1,4}(?:[a-z]{1,2}-)?\d{4,5} \p{L}/u,
  },
  {
    what: 'street of two words, number and postcode',
    pattern:
      /(?<!\p{L})\p{L}{3,40}[ -](?:strasse|str\.|weg|platz|gasse|allee|vagen|gatan|gata|vej|gade) \d{1,4} ?[a-z]?[,\n ·|-]{1,4}(?:[a-z]{1,2}-)?\d{4,5} \p{L}/u,
  },
  {
    what: 'Nordic street, number and postcode',
    pattern:
      /(?<!\p{L})\p{L}{3,40}(?:gatan|vagen|gata|vag|torg|katu|tie) \d{1,4} ?[a-z]?[,\n ·|-]{1,4}(?:se-|s-)?\d{3} \d{2} \p{L}/u,
  },
  {
    what: 'Irish Eircode',
    pattern: /(?<![\p{L}\p{N}])[ac-fhknprtv-y]\d[\dw] [ac-fhknprtv-y]\d[\dac-fhknprtv-y]{2}(?![\p{L}\p{N}])/u,
  },
  {
    what: 'street, number, postcode and city',
    pattern:
      /(?<![\p{L}\p{N}])(?:\p{L}{3,40}|km) \d{1,4} ?[a-z]?,[ \n](?:[a-z]{1,2}-)?(?:\d{4} [a-z]{2}|\d{4}-\d{3}|\d{3} \d{2}|\d{4,5}) \p{L}{4,40}(?! \p{L}{3,40} (?:are|is|have|will|can))/u,
  },
  {
    what: 'Japanese blocks and postcode',
    pattern: /(?<!\p{N})\d{1,2}-\d{1,2}-\d{1,2},? \p{L}{3,40}[\p{L}, -]{2,60} \d{3}-\d{4}(?!\p{N})/u,
  },
  { what: 'private bag', pattern: /(?<![\p{L}\p{N}])private bag \d{1,7}/u },
  {
    what: 'number, city and Polish postcode',
    pattern: /(?<!\p{N})\d{1,4}[a-z]?,? \p{L}{3,40},? \d{2}-\d{3}(?!\d)/u,
  },
  {
    what: 'Australian postcode',
    pattern: /(?<!\p{L})\p{L}{3,40}[, \n]{1,3}(?:nsw|vic|qld|tas|act)[, ]{1,2}\d{4}(?!\d)/u,
  },
]

/** What of an address is there, for explanations; null when none is. */
export function postalAddressIn(folded: string): string | null {
  for (const { what, pattern } of forms) if (pattern.test(folded)) return what
  return null
}
