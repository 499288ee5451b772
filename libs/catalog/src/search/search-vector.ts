import { lexemesOf, runsOf } from './fold';

/** What of a product is searched, most important first. */
export interface SearchedText {
  title: string;
  vendor: string;
  productType: string;
  tags: readonly string[];
  /** SKUs, barcodes and option values of its variants. */
  variants: readonly string[];
  bodyHtml: string;
}

type Weight = 'A' | 'B' | 'C' | 'D';

/** PostgreSQL's own bounds for positions and for how many of them a lexeme keeps. */
const lastPosition = 16_383;
const mostPositions = 255;

/** More words of a description than this help nobody to find a product. */
const bodyLimit = 20_000;

/**
 * The text form of a product's tsvector, to be cast by PostgreSQL. It is made here, and not by a dictionary there, so
 * that what is written and what is asked for cannot disagree.
 */
export function searchVector(text: SearchedText): string {
  const builder = new VectorBuilder();
  builder.add(text.title, 'A');
  for (const tag of text.tags) builder.add(tag, 'B');
  builder.add(text.vendor, 'B');
  builder.add(text.productType, 'B');
  for (const value of new Set(text.variants)) builder.add(value, 'C');
  builder.add(plainText(text.bodyHtml.slice(0, bodyLimit * 2)).slice(0, bodyLimit), 'D');
  return builder.text();
}

/** The words of HTML, without its tags and entities. */
export function plainText(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
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
