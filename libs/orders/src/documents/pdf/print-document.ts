import type { DocumentContent, DocumentRow, InvoiceReference } from '../content';
import { type DocumentWords, fill, isolate, type Language, languageOf } from '../words';
import { type Block, writeBlocks, writeSums } from './blocks';
import { type Say, sayIn } from './say';
import { ink, Sheet, textWidth } from './sheet';
import { writeTable } from './table';

/** What is printed: the content as it was frozen, and the number that it was given. */
export interface Printable {
  name: string;
  content: DocumentContent;
  issuedAt: Date;
}

interface Page {
  sheet: Sheet;
  words: DocumentWords;
  say: Say;
  content: DocumentContent;
}

/** An invoice or a credit note as a PDF. The same document gives the same bytes. */
export async function printDocument({ name, content, issuedAt }: Printable): Promise<Buffer> {
  const language: Language = languageOf(content.locale);
  const { words } = language;
  const title = `${titleOf(content, words)} ${isolate(name)}`;
  const { seller } = content;
  const sheet = new Sheet(language, {
    title,
    author: seller.name,
    created: issuedAt,
    foot: footOf(content, words),
  });
  const page: Page = { sheet, words, content, say: sayIn(language, content.currency) };
  writeHead(page, title);
  writeParties(page);
  writeRows(page);
  writeTotals(page);
  writeRates(page);
  writeNotices(page);
  return sheet.finish();
}

function titleOf({ kind }: DocumentContent, words: DocumentWords): string {
  return kind === 'invoice' ? words.invoice : words.creditNote;
}

/** What stands below every page. */
function footOf({ seller, test }: DocumentContent, words: DocumentWords): string {
  const { name, address, footer } = seller;
  return [test ? words.test : '', [name, ...address].join(' · '), footer]
    .filter(Boolean)
    .join('\n');
}

function writeHead({ sheet, words, say, content }: Page, title: string): void {
  const { kind, issuedOn, suppliedOn, orderedOn, orderName, reason, test } = content;
  sheet.paragraph(content.seller.name, { size: 11, weight: 'bold' });
  sheet.y += 30;
  sheet.paragraph(title, { size: 22, weight: 'bold' });
  if (test) sheet.paragraph(words.test, { color: ink.warning, weight: 'bold' });
  const refers = kind === 'invoice' ? words.addsTo : words.corrects;
  for (const { name: invoice, issuedOn: date } of referencesOf(content))
    sheet.paragraph(fill(refers, { name: invoice, date: say.day(date) }), { size: 10 });
  if (reason) sheet.paragraph(`${words.reason}: ${reason}`, { size: 10 });
  sheet.y += 14;
  const supplied = { title: words.suppliedOn, text: say.day(suppliedOn) };
  const blocks: Block[] = [
    { title: words.issuedOn, text: say.day(issuedOn) },
    ...(kind === 'invoice' ? [supplied] : []),
    { title: words.order, text: orderName },
    { title: words.orderedOn, text: say.day(orderedOn) },
  ];
  writeBlocks(sheet, blocks, 4);
  sheet.y += 16;
  sheet.rule();
  sheet.y += 14;
}

function referencesOf({ corrects, alsoCorrects = [] }: DocumentContent): InvoiceReference[] {
  return corrects ? [corrects, ...alsoCorrects] : [];
}

function writeParties({ sheet, words, say, content }: Page): void {
  const { seller, buyer, buyerVatNumber, deliveredTo } = content;
  const { vatNumber, taxNumber, email, phone } = numbersOf(content);
  const own = [
    vatNumber && `${words.vatNumber} ${isolate(vatNumber)}`,
    taxNumber && `${words.taxNumber} ${isolate(taxNumber)}`,
    email,
    phone,
  ];
  const delivered = deliveredTo && say.address(deliveredTo);
  const billed = buyer && say.address(buyer);
  const blocks: Block[] = [
    { title: seller.name, text: seller.address.join('\n'), note: own.filter(Boolean).join('\n') },
  ];
  if (billed !== null) {
    const note = buyerVatNumber === null ? '' : `${words.vatNumber} ${isolate(buyerVatNumber)}`;
    blocks.push({ title: words.billTo, text: billed, note });
  }
  if (delivered !== null && delivered !== billed)
    blocks.push({ title: words.deliverTo, text: delivered });
  writeBlocks(sheet, blocks, 3);
  sheet.y += 26;
}

/** Abroad, the seller's number is the one of the country that is declared to. */
function numbersOf({ seller, scheme, registration }: DocumentContent) {
  const own = ['domestic', 'origin', 'reverse_charge'].includes(scheme);
  return { ...seller, vatNumber: (own ? registration : null) ?? seller.vatNumber };
}

function writeRows({ sheet, words, say, content }: Page): void {
  const { taxIncluded, corrects } = content;
  const below = ({ detail, discountMinor }: DocumentRow): string => {
    const off = discountMinor > 0 && fill(words.discount, { amount: say.money(discountMinor) });
    return [detail, off].filter(Boolean).join('\n');
  };
  const amount = ({ netMinor, taxMinor }: DocumentRow): number =>
    taxIncluded ? netMinor + taxMinor : netMinor;
  // An edit may shift a cent of tax between lines that cost what they did: that stands in the sums alone.
  const rows = content.rows.filter(
    (row) => corrects === null || row.quantity !== null || amount(row) !== 0,
  );
  const numbers = [
    {
      title: words.quantity,
      width: 55,
      of: ({ quantity }: DocumentRow) => (quantity === null ? '' : say.count(quantity)),
    },
    {
      title: words.unitPrice,
      width: 85,
      of: ({ unitMinor }: DocumentRow) => (unitMinor === null ? '' : say.money(unitMinor)),
    },
    {
      title: words.rate,
      width: 60,
      of: ({ ppm }: DocumentRow) => ppm.map((rate) => say.percent(rate)).join(' + ') || '–',
    },
    { title: words.amount, width: 90, of: (row: DocumentRow) => say.money(amount(row)) },
    // Credit notes name no unit price; they say what goes back.
  ].filter(({ of }) => rows.some((row) => of(row) !== ''));
  const others = numbers.reduce((sum, { width }) => sum + width, 0);
  writeTable(
    sheet,
    [{ title: words.description, width: textWidth - others }, ...numbers],
    rows.map((row) => ({
      cells: [row.title || words.otherAmount, ...numbers.map(({ of }) => of(row))],
      below: below(row),
    })),
  );
}

function writeTotals({ sheet, words, say, content }: Page): void {
  const { totals, taxIncluded, kind, owedMinor } = content;
  const isInvoice = kind === 'invoice';
  const gross = {
    title: isInvoice ? words.total : words.credited,
    amount: say.money(totals.grossMinor),
  };
  const net = { title: words.net, amount: say.money(totals.netMinor) };
  const tax = {
    title: taxIncluded ? words.taxIncluded : words.tax,
    amount: say.money(totals.taxMinor),
  };
  writeSums(sheet, [net, tax, { ...gross, strong: true }]);
  if (isInvoice) {
    const rest = owedMinor > 0 ? `${words.owed}: ${say.money(owedMinor)}` : words.paid;
    sheet.paragraph(rest, { at: textWidth - 250, width: 250, align: 'end', color: ink.soft });
  }
  sheet.y += 22;
}

function writeRates({ sheet, words, say, content }: Page): void {
  const { rates, base, currency } = content;
  const columns = [
    { title: words.rate, width: 200 },
    { title: words.net, width: 95 },
    { title: words.tax, width: 95 },
    { title: words.gross, width: textWidth - 390 },
  ];
  writeTable(
    sheet,
    columns,
    rates.map(({ name, ppm, netMinor, taxMinor }) => ({
      cells: [
        name === '' ? words.untaxed : rateName(name, say.percent(ppm), words),
        say.money(netMinor),
        say.money(taxMinor),
        say.money(netMinor + taxMinor),
      ],
    })),
  );
  if (!base) return;
  const values = {
    currency: base.currency,
    amount: say.money(base.taxMinor, base.currency),
    one: `1 ${base.currency}`,
    rate: `${say.rate(base.rate1e10)} ${currency}`,
  };
  sheet.y += 4;
  sheet.paragraph(fill(words.baseTax, values));
}

/** Authorities name their taxes with or without the rate; the commonest one is named in the paper's language. */
function rateName(name: string, percent: string, words: DocumentWords): string {
  return /\d/.test(name) ? name : `${name === 'VAT' ? words.vat : name} ${percent}`;
}

/** Sentences that the law asks for, where the sale calls for them. */
export function noticesOf(content: DocumentContent, words: DocumentWords): string[] {
  const { scheme, registration, notices } = content;
  const said = [...notices];
  if (scheme === 'export' || scheme === 'unregistered') said.unshift(scheme);
  const sentences = [...new Set(said)].flatMap(
    (notice) => words[`notice.${notice}` as keyof DocumentWords] ?? [],
  );
  const isOwn = ['domestic', 'origin', 'reverse_charge', 'export', 'unregistered'].includes(scheme);
  if (isOwn || registration === null) return sentences;
  const values = { scheme: scheme.replaceAll('_', ' ').toUpperCase(), number: registration };
  return [...sentences, fill(words.registration, values)];
}

function writeNotices({ sheet, words, content }: Page): void {
  sheet.y += 12;
  for (const sentence of noticesOf(content, words)) {
    sheet.paragraph(sentence, { width: textWidth - 60 });
    sheet.y += 4;
  }
}
