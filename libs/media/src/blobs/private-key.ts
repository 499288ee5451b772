/** Where a file lies that no browser may ask for: under the hash of its content too, apart from assets. */
export function privateKey(hash: string): string {
  return `private/${hash.slice(0, 2)}/${hash}`;
}
