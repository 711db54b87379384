/** A package whose code is part of the program. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
}

/** Written by the build from what it bundles; fetched when the page about the program is looked at. */
export async function shippedPackages(): Promise<readonly ShippedPackage[]> {
  const { default: packages } = await import('virtual:shipped-packages')
  return packages
}
