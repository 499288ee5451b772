import { directionOf, mailHtml } from './mail-html';
import type { MailBlock } from './mail-template';
import { type MailName, type MailText, mailText } from './mail-texts';
import { isolatedValues, plainLine, unmarked } from './marks';
import { testOrderWords } from './test-order-words';

/** What a mail says and where its button leads. */
export interface MailInput {
  name: MailName;
  locale: string;
  link: string;
  values: Record<string, string>;
  /** The store's policies, at the very end. */
  policies?: readonly { text: string; href: string }[];
  /** A line below everything, such as the way to unsubscribe. */
  footer?: { text: string; href: string };
  /** Whose mail it is, above everything; the store of the values when left out. */
  brand?: string;
  /** It is about an order of a test payment, and says so before everything else. */
  test?: boolean;
  /** Addresses that are links where they stand in the text. */
  links?: readonly string[];
}

/** The language of a mail, where its button leads, and what stands around its words. */
export type MailLink = Omit<MailInput, 'name' | 'values'>;

/** A mail in both forms. */
export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail of the platform's own. */
export function composeMail({ name, ...rest }: MailInput): ComposedMail {
  return layMail(mailText(name, rest.locale), { brand: 'Caravel', ...rest });
}

/** Puts a mail together; values are escaped in the HTML form and lose their line breaks in the subject. */
export function layMail(
  words: MailText,
  { values: given, ...place }: Omit<MailInput, 'name'>,
): ComposedMail {
  const values = isolatedValues(given);
  const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text: fill(text, values) });
  const blocks: MailBlock[] = [
    paragraph(words.greeting),
    ...words.body.map(paragraph),
    { kind: 'button', text: fill(words.button, values) },
    ...(words.whenSent === undefined ? [] : [paragraph(words.whenSent)]),
    ...words.after.map(paragraph),
  ];
  const brand = place.brand ?? given['store'];
  return layBlocks(
    fill(words.subject, values),
    blocks,
    brand === undefined ? place : { ...place, brand },
  );
}

/** A mail of blocks from top to bottom; nothing in them is markup. */
export function layBlocks(
  subject: string,
  blocks: readonly MailBlock[],
  { locale, link, footer, policies = [], brand = '', test = false, links = [] }: MailLink,
): ComposedMail {
  const line = plainLine(subject, directionOf(locale)).replace(/[\r\n]+/g, ' ');
  const warning = test ? testOrderWords(locale) : null;
  const below = [...(footer ? [footer] : []), ...policies];
  const text = [
    ...(warning === null ? [] : [warning]),
    ...blocks.map(({ kind, text: words }) =>
      unmarked(kind === 'button' ? `${words}: ${link}` : words),
    ),
    ...below.map((one) => `${one.text}: ${one.href}`),
  ];
  const frame = {
    subject: line,
    locale,
    link,
    brand: brand || null,
    warning,
    links,
    footer: below,
  };
  return { subject: line, text: text.join('\n\n'), html: mailHtml(blocks, frame) };
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
