declare module 'virtual:shipped-packages' {
  const packages: readonly { readonly name: string; readonly version: string; readonly licence: string }[]
  export default packages
}
