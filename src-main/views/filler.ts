/** White space and what draws nothing: what preheaders are filled up with. */
const unseen =
  /[\u034f\u17b4\u17b5\s\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0]+/g

/** How many characters of a text a reader would see. */
export function countSeen(text: string): number {
  return text.replace(unseen, '').length
}
