/** What of a stream says whether it shows colours; Node reads NO_COLOR and TERM for it. */
export interface ColourStream {
  isTTY?: boolean;
  hasColors?: () => boolean;
}

const codes = { red: 31, green: 32, yellow: 33, cyan: 36, dim: 2 } as const;

type Colour = keyof typeof codes;

const ofSeverity = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** A finding as it is written for people, its head in the colour of its level. */
export function paintFinding(
  stream: ColourStream,
  text: string,
  severity: keyof typeof ofSeverity,
): string {
  const [head = '', ...rest] = text.split('\n');
  const quiet = rest.map((line) =>
    line.startsWith('       = ') ? paint(stream, 'dim', line) : line,
  );
  return [paint(stream, ofSeverity[severity], head), ...quiet].join('\n');
}

/** A text in which unified diffs stand. */
export function paintDiffs(stream: ColourStream, text: string): string {
  const lines = text.split('\n').map((line) => {
    const colour = colourOf(line);
    return colour === null ? line : paint(stream, colour, line);
  });
  return lines.join('\n');
}

function colourOf(line: string): Colour | null {
  if (/^(---|\+\+\+) /.test(line)) return 'dim';
  if (line.startsWith('@@ ')) return 'cyan';
  if (line.startsWith('+')) return 'green';
  // A sentence may begin with a flag.
  return /^-(?!-[a-z])/.test(line) ? 'red' : null;
}

function paint(stream: ColourStream, colour: Colour, text: string): string {
  const shows = stream.isTTY === true && stream.hasColors?.() === true;
  return shows && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text;
}
