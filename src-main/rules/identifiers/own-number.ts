/** Words by which an organisation tells its own numbers: for gifts, for invoices, in an imprint. Folded. */
const ownWords =
  /(?<![\p{L}\p{N}])(?:our (?:account|bank|iban|ein|npi|tax id|vat|details)|donat(?:e|ion|ions)|spenden(?:konto)?|payable to|(?:registered|non-?profit|charity|charitable)|501\(c\)|company (?:no|number|registration)|vat (?:no|number|id|reg)|ust-?id|handelsregister|imprint|impressum|all rights reserved|clinic|practice|gmbh|ltd|llc|inc)(?![\p{L}\p{N}])/u
/** The number is somebody else's, whatever stands around it. */
const otherPersons =
  /(?<![\p{L}\p{N}])(?:your|his|her|their|customer(?:'s)?|client(?:'s)?|patient(?:'s)?|employee(?:'s)?|on file|refund(?:ed)?|account holder)(?![\p{L}\p{N}])/u

const unitsAround = 160

/**
 * Why a number is one that its sender makes public; null: nothing says so. `sender`: folded names by which the sender is known.
 */
export function ownNumber(
  folded: string,
  place: { readonly start: number; readonly end: number },
  sender: readonly string[],
): string | null {
  const before = folded.slice(Math.max(0, place.start - unitsAround), place.start)
  const after = folded.slice(place.end, place.end + unitsAround)
  // What stands in another block is about something else.
  const around = `${before.slice(before.lastIndexOf('\n') + 1)} ${after.split('\n', 1)[0] ?? ''}`
  if (otherPersons.test(around)) return null
  const word = ownWords.exec(around)?.[0] ?? sender.find((name) => name.length > 2 && around.includes(name))
  return word === undefined ? null : `“${word}” beside it: the sender tells a number of its own`
}
