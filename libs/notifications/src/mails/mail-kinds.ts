import { cartMailText } from './cart-mails';
import { customerMailNames, customerMailText } from './customer-mails';
import { receivedGiftWords } from './gift-mails';
import { amountLine, itemLine, totalMarked } from './marks';
import type { MailTemplate } from './mail-template';
import type { MailText } from './mail-texts';
import { orderMailNames, orderMailWords } from './order-mails';

/** A mail that stores may put into words of their own. */
export interface MailKind {
  kind: string;
  /** What may be filled in. */
  fields: readonly string[];
  /** The first-party words; a template made of them says the same. */
  words(locale: string): MailText;
}

/** Languages that the first-party words are in. */
export const mailLanguages = ['en', 'de', 'zh-CN', 'ar'] as const;

/** What previews and tests fill in; the store's name comes from the store. */
export const sampleValues: Record<string, string> = {
  name: 'Ada Lovelace',
  number: '#1001',
  total: totalMarked('€104.90'),
  items: [
    itemLine({ quantity: 2, title: 'Vase', variantTitle: 'Blue' }, '€80.00'),
    itemLine({ quantity: 1, title: 'Tea bowl' }, '€20.00'),
  ].join('\n'),
  sums: [
    amountLine('Subtotal: ', '€100.00'),
    amountLine('Shipping Standard: ', '€4.90'),
    amountLine('VAT 19% included: ', '€16.75'),
  ].join('\n'),
  tracking: 'UPS 1Z999AA10123456784',
  shippable: '3',
  code: '482915',
  sender: 'Ada Lovelace',
  recipient: 'Grace Hopper',
  message: 'Happy birthday!',
  withdrawal: 'https://shop.example/withdraw',
};

/** Every kind; what `order-mails.ts` and `customer-mails.ts` name is among them by itself. */
export const mailKinds: readonly MailKind[] = [
  ...orderMailNames.map((name) =>
    kindOf(`order.${name}`, (locale) => orderMailWords(name, locale)),
  ),
  ...customerMailNames.map((name) =>
    kindOf(`customer.${name}`, (locale) => customerMailText(name, locale)),
  ),
  kindOf('cart.abandoned', cartMailText),
  kindOf('gift_card.received', receivedGiftWords),
];

/** The kind of that name, or null. */
export function findMailKind(name: string): MailKind | null {
  return mailKinds.find(({ kind }) => kind === name) ?? null;
}

/** First-party words as a template. */
export function templateOf(words: MailText): MailTemplate {
  const { subject, greeting, body, button, whenSent, after } = words;
  const sent = whenSent === undefined ? [] : [`{{#if shippable}}${whenSent}{{/if}}`];
  const parts = [greeting, ...body, `{{#button}}${button}{{/button}}`, ...sent, ...after];
  return { subject: fieldsOf(subject), body: parts.map(fieldsOf).join('\n\n') };
}

function fieldsOf(text: string): string {
  return text.replace(/(?<!\{)\{(\w+)\}(?!\})/g, '{{$1}}');
}

function kindOf(kind: string, words: (locale: string) => MailText): MailKind {
  const used = mailLanguages.flatMap((locale) => {
    const { subject, body } = templateOf(words(locale));
    return [...`${subject} ${body}`.matchAll(/\{\{(?:#if )?(\w+)\}\}/g)].map(
      ([, name]) => name ?? '',
    );
  });
  return { kind, words, fields: [...new Set(['store', ...used])].toSorted() };
}
