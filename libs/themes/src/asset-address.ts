/** The address of an asset: `/cdn/t/<name>.<first 16 digits of the hash>.<ending>` (domains.md, 7.1). */
export function assetAddress(name: string, hash: string): string {
  const dot = name.lastIndexOf('.');
  return `/cdn/t/${name.slice(0, dot)}.${hash.slice(0, 16)}${name.slice(dot)}`;
}
