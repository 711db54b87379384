/** Fields that the provider fills in: `{% x %}`, `{{ x }}`, `*|X|*`, `%%x%%`, `%x%`, `[[x]]`, `[x]`, `<%= x %>`, `${x}`. */
const mergeTag =
  /\{%-?\s*([\w.:-]+)[^%}]{0,200}%\}|\{\{\{?\s*([\w.:-]+)[^}]{0,200}\}\}|\*\|\s*([\w:.-]+)[^|]{0,100}\|\*|%%\s*([\w.:-]+)\s*%%|%([A-Za-z_][\w.-]{2,40})%|\[\[?\s*([A-Za-z_][\w.:-]{2,60})\s*\]?\]|<%=?\s*([\w.-]+)[^%>]{0,100}%>|\$\{\s*([\w.-]+)\s*\}/g

/** The first merge tag of one of the names (lower case), as it is written. */
export function findMergeTag(text: string, names: ReadonlySet<string>): string | null {
  for (const found of text.matchAll(mergeTag)) {
    const groups: readonly (string | undefined)[] = found.slice(1)
    const name = groups.find((group) => group !== undefined)?.toLowerCase()
    if (name !== undefined && names.has(name)) return found[0]
  }
  return null
}
