import { lexemesOf, runsOf } from './fold';

/** What of a thing is searched, most important first. */
export interface SearchedText {
  title: string;
  /** What it is sorted under: tags, a maker, a kind. */
  labels?: readonly string[];
  /** What tells one of its forms from another: SKUs, barcodes, option values. */
  codes?: readonly string[];
  bodyHtml?: string;
}

type Weight = 'A' | 'B' | 'C' | 'D';

/** PostgreSQL's own bounds for positions and for how many of them a lexeme keeps. */
const lastPosition = 16_383;
const mostPositions = 255;

/** More words of a description than this help nobody to find a product. */
const bodyLimit = 20_000;

/**
 * The text form of a tsvector, to be cast by PostgreSQL. It is made here, and not by a dictionary there, so that what is
 * written and what is asked for cannot disagree.
 */
export function searchVector({
  title,
  labels = [],
  codes = [],
  bodyHtml = '',
}: SearchedText): string {
  const builder = new VectorBuilder();
  builder.add(title, 'A');
  for (const label of labels) builder.add(label, 'B');
  for (const code of new Set(codes)) builder.add(code, 'C');
  builder.add(plainText(bodyHtml.slice(0, bodyLimit * 2)).slice(0, bodyLimit), 'D');
  return builder.text();
}

/** The words of HTML, without its tags and entities. */
export function plainText(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&#?\w{1,12};/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

class VectorBuilder {
  private position = 0;
  private readonly lexemes = new Map<string, string[]>();

  add(text: string, weight: Weight): void {
    for (const run of runsOf(text)) {
      for (const lexeme of lexemesOf(run)) {
        if (this.position < lastPosition) this.position += 1;
        const places = this.lexemes.get(lexeme);
        const place = `${this.position}${weight}`;
        if (places === undefined) this.lexemes.set(lexeme, [place]);
        else if (places.length < mostPositions && places.at(-1) !== place) places.push(place);
      }
    }
    // A gap, so that no phrase reaches from one text into the next.
    this.position = Math.min(this.position + 2, lastPosition);
  }

  text(): string {
    return [...this.lexemes].map(([lexeme, places]) => `'${lexeme}':${places.join()}`).join(' ');
  }
}
