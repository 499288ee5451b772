/** How the bytes of a blob or a page may be packed, best first. */
export type Encoding = 'br' | 'gzip' | 'identity';

const preference: readonly Encoding[] = ['br', 'gzip', 'identity'];

/**
 * Chooses what to send (RFC 9110, 12.5.3): the highest weight, and of equal weights the smallest form.
 * @param accept the header `Accept-Encoding`; left out means anything, and gets identity
 * @param available what there is
 * @returns null when the client refuses all of it
 */
export function chooseEncoding(
  accept: string | undefined,
  available: readonly Encoding[],
): Encoding | null {
  const weights = parse(accept ?? '');
  const weighed = preference
    .filter((encoding) => available.includes(encoding))
    .map((encoding) => ({ encoding, weight: weightOf(encoding, weights) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return weighed[0]?.encoding ?? null;
}

function weightOf(encoding: Encoding, weights: Map<string, number>): number {
  const named = weights.get(encoding) ?? weights.get('*');
  // Identity is acceptable unless it is refused, but any form that was asked for goes before it.
  return named ?? (encoding === 'identity' ? 0.0001 : 0);
}

function parse(accept: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of accept.split(',').slice(0, 20)) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (name === '') continue;
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const text = q?.slice(q.indexOf('=') + 1).trim();
    // A weight that cannot be read makes the form unwanted: it is safer not to send it.
    const weight =
      text === undefined ? 1 : /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0;
    weights.set(name === 'x-gzip' ? 'gzip' : name, weight);
  }
  return weights;
}
