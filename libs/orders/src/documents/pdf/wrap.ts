/** Where a line may end: after blanks and hyphens, and between characters of scripts without blanks. */
const opportunity =
  /(?<=[\s\-\u2010\u2013])(?=\S)|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001\u3002\uff0c\uff1a])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

/**
 * Lines of a text that fit a width; a word that is longer than a line is cut between its letters. Pure.
 * @param width what a line may take, in the unit of `measure`
 */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(opportunity)) {
      if (line !== '' && measure((line + word).trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += word;
      while (measure(line.trimEnd()) > width && [...line].length > 1) {
        const head = longest(line, width, measure);
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** The longest beginning that fits, at least one character. */
function longest(text: string, width: number, measure: (text: string) => number): string {
  const letters = [...text];
  let low = 1;
  let high = letters.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(letters.slice(0, middle).join('')) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('');
}
