import Pdf from 'pdfkit';
import { fill, type Language } from '../words';
import { type Family, fontFile, type Weight } from './fonts';
import { visualOrder } from './visual-order';
import { wrap } from './wrap';

/** A4 in points. */
const paper = { width: 595.28, height: 841.89 };
const margin = { side: 54, top: 54, bottom: 92 };

/** What a line of text may take beside the margins. */
export const textWidth = paper.width - 2 * margin.side;

/** Ink of words that matter, of words beside them, of rules, of warnings. */
export const ink = { strong: '#16181d', soft: '#5f6672', rule: '#d5d9e0', warning: '#a3341f' };

/** How a text stands; widths and places in points from where lines begin, left or right. */
export interface TextPlace {
  at?: number;
  width?: number;
  size?: number;
  weight?: Weight;
  color?: string;
  align?: 'start' | 'end';
}

/**
 * Pages of a document in one language. Places are told from where lines begin, so that what reads from the right is
 * mirrored as a whole. The same words give the same bytes.
 */
export class Sheet {
  /** The lower edge of what was written last, from the top of the page. */
  y = margin.top;
  /** Written at the top of each further page. */
  onNewPage: () => void = () => undefined;
  private readonly pdf: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];

  /** @param about.created stands in the file, so that printing again gives the same bytes */
  constructor(
    private readonly language: Language,
    private readonly about: { title: string; author: string; created: Date; foot: string },
  ) {
    this.pdf = new Pdf({
      size: [paper.width, paper.height],
      margin: 0,
      bufferPages: true,
      lang: language.locale.split('-u-')[0],
      displayTitle: true,
      pdfVersion: '1.7',
      info: {
        Title: about.title.replaceAll(/[\u2068\u2069]/g, ''),
        Author: about.author,
        Creator: 'Caravel',
        Producer: 'Caravel',
        CreationDate: about.created,
        ModDate: about.created,
      },
    });
    this.pdf.on('data', (chunk: Buffer) => this.chunks.push(chunk));
  }

  /** Lines of a text as they fit. */
  lines(text: string, { width = textWidth, size = 9, weight = 'regular' }: TextPlace): string[] {
    return wrap(text, width, (part) => this.widthOf(part, size, weight));
  }

  /** How high a text is. */
  heightOf(text: string, place: TextPlace): number {
    return this.lines(text, place).length * leading(place.size);
  }

  /** Writes a text at the height `y`; answers its lower edge and leaves `this.y` alone. */
  write(text: string, place: TextPlace, y = this.y): number {
    let top = y;
    for (const line of this.lines(text, place)) {
      this.writeLine(line, place, top);
      top += leading(place.size);
    }
    return top;
  }

  /** Writes a text and goes on below it; on the next page where it does not fit. */
  paragraph(text: string, place: TextPlace = {}): void {
    this.room(this.heightOf(text, place));
    this.y = this.write(text, place);
  }

  /** A fine line across a part of the page at `this.y`. */
  rule(at = 0, width = textWidth, color = ink.rule): void {
    const x = this.x(at, width);
    this.pdf
      .moveTo(x, this.y)
      .lineTo(x + width, this.y)
      .lineWidth(0.6)
      .strokeColor(color)
      .stroke();
  }

  /** Begins a further page where less than so much is left; answers whether it did. */
  room(height: number): boolean {
    if (this.y + height <= paper.height - margin.bottom) return false;
    this.pdf.addPage();
    this.y = margin.top;
    this.onNewPage();
    return true;
  }

  /** Writes foot and page numbers and closes the file. */
  async finish(): Promise<Buffer> {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.pdf.switchToPage(page);
      this.foot(page + 1, count);
    }
    return new Promise((resolve) => {
      this.pdf.on('end', () => resolve(Buffer.concat(this.chunks)));
      this.pdf.end();
    });
  }

  private foot(page: number, pages: number): void {
    const place: TextPlace = { size: 7.5, color: ink.soft, width: textWidth - 90 };
    this.y = paper.height - margin.bottom + 26;
    this.rule();
    const top = this.y + 9;
    const foot = this.lines(this.about.foot, place).slice(0, 4).join('\n');
    this.write(foot, place, top);
    const numbers = fill(this.language.words.page, { page: String(page), pages: String(pages) });
    this.write(numbers, { ...place, at: textWidth - 90, width: 90, align: 'end' }, top);
  }

  private writeLine(line: string, place: TextPlace, top: number): void {
    const { at = 0, width = textWidth, size = 9, weight = 'regular', align = 'start' } = place;
    const { rightToLeft } = this.language;
    const free = width - this.widthOf(line, size, weight);
    const fromLeft = (align === 'end') !== rightToLeft;
    let x = this.x(at, width) + (fromLeft ? free : 0);
    const baseline = top + leading(size) * 0.74;
    for (const { family, text } of visualOrder(line, rightToLeft)) {
      this.take(family, weight, size).fillColor(place.color ?? ink.strong);
      this.pdf.text(text, x, baseline, { lineBreak: false, features: [], baseline: 'alphabetic' });
      x += this.pdf.widthOfString(text, { features: [] });
    }
  }

  private widthOf(text: string, size: number, weight: Weight): number {
    return visualOrder(text, this.language.rightToLeft).reduce(
      (all, { family, text: own }) =>
        all + this.take(family, weight, size).widthOfString(own, { features: [] }),
      0,
    );
  }

  private take(family: Family, weight: Weight, size: number): PDFKit.PDFDocument {
    const name = `${family}-${weight}`;
    if (!this.known.has(name)) {
      this.pdf.registerFont(name, fontFile(family, weight));
      this.known.add(name);
    }
    return this.pdf.font(name).fontSize(size);
  }

  private readonly known = new Set<string>();

  private x(at: number, width: number): number {
    const { rightToLeft } = this.language;
    return rightToLeft ? paper.width - margin.side - at - width : margin.side + at;
  }
}

/** From one line to the next. */
function leading(size = 9): number {
  return size * 1.42;
}
