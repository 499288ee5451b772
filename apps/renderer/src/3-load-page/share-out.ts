/**
 * Shares a limit among lists: one of each in turn, until it is reached or nothing is left. The order within each stays.
 * @returns how many of each list are shown
 */
export function shareOut(lengths: readonly number[], limit: number): number[] {
  const shares = lengths.map(() => 0);
  let left = Math.min(
    limit,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  while (left > 0) {
    for (const [index, length] of lengths.entries()) {
      if (left === 0 || (shares[index] as number) >= length) continue;
      shares[index] = (shares[index] as number) + 1;
      left -= 1;
    }
  }
  return shares;
}
