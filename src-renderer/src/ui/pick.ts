/** Something that can be picked from a list by typing. */
export interface Pick {
  readonly id: string
  readonly label: string
  readonly detail: string
  readonly keys: readonly string[]
}
