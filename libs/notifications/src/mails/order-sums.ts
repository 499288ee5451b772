import type { Orders } from '@libs/orders';
import { amountLine, isolated } from './marks';
import { printedMoney } from './printed-money';

type Order = Pick<
  Awaited<ReturnType<Orders['get']>>,
  | 'currency'
  | 'locale'
  | 'subtotalMinor'
  | 'discounts'
  | 'charges'
  | 'taxLines'
  | 'taxIncluded'
  | 'shippingMinor'
>;

/** Words of the amounts; `{…}` is filled in. */
interface SumWords {
  subtotal: string;
  discount: string;
  shipping: string;
  free: string;
  fee: string;
  tax: string;
  taxIncluded: string;
  /** What the commonest tax is called. */
  vat: string;
}

const words: Record<string, SumWords> = {
  en: {
    subtotal: 'Subtotal: {amount}',
    discount: 'Discount {name}: {amount}',
    shipping: 'Shipping {name}: {amount}',
    free: 'free',
    fee: '{name}: {amount}',
    tax: '{name}: {amount}',
    taxIncluded: '{name} included: {amount}',
    vat: 'VAT',
  },
  de: {
    subtotal: 'Zwischensumme: {amount}',
    discount: 'Rabatt {name}: {amount}',
    shipping: 'Versand {name}: {amount}',
    free: 'kostenlos',
    fee: '{name}: {amount}',
    tax: '{name}: {amount}',
    taxIncluded: 'Enthaltene {name}: {amount}',
    vat: 'MwSt.',
  },
  zh: {
    subtotal: '小计：{amount}',
    discount: '优惠 {name}：{amount}',
    shipping: '运费 {name}：{amount}',
    free: '免费',
    fee: '{name}：{amount}',
    tax: '{name}：{amount}',
    taxIncluded: '含{name}：{amount}',
    vat: '增值税',
  },
  ar: {
    subtotal: 'المجموع الفرعي: {amount}',
    discount: 'خصم {name}: {amount}',
    shipping: 'الشحن {name}: {amount}',
    free: 'مجاني',
    fee: '{name}: {amount}',
    tax: '{name}: {amount}',
    taxIncluded: 'يشمل {name}: {amount}',
    vat: 'ضريبة القيمة المضافة',
  },
};

/**
 * What leads from the prices of the goods to an order's total, a line each, in the shopper's language: what the law
 * wants on a durable medium (Directive 2011/83/EU, articles 6(1)(e) and 8(7)). Amounts are printed from minor units.
 * @returns lines with marks, which the mail lays out below each other
 */
export function orderSums(order: Order): string {
  const { currency, locale, charges } = order;
  const said = words[locale.split('-')[0] ?? 'en'] ?? words.en!;
  const print = (minor: number) => printedMoney({ amountMinor: minor, currency }, locale);
  const line = (text: string, amount: string, name = '') =>
    amountLine(
      text
        .replace('{amount}', '')
        .replace(/ ?\{name\}/, (part) => name && part.replace('{name}', () => isolated(name))),
      amount,
    );
  const shipping = charges.filter(({ kind, totalMinor, discountMinor }) => {
    return kind === 'shipping' && (totalMinor + discountMinor > 0 || order.shippingMinor === 0);
  });
  const fees = charges.filter(({ kind, totalMinor }) => kind === 'fee' && totalMinor > 0);
  return [
    line(said.subtotal, print(order.subtotalMinor)),
    ...order.discounts.map(({ title, code, amountMinor }) =>
      line(said.discount, `−${print(amountMinor)}`, code ?? title),
    ),
    ...shipping.map(({ title, priceMinor }) =>
      line(said.shipping, priceMinor === 0 ? said.free : print(priceMinor), title),
    ),
    ...fees.map(({ title, totalMinor }) => line(said.fee, print(totalMinor), title)),
    ...taxesOf(order, said.vat).map(([name, minor]) =>
      line(order.taxIncluded ? said.taxIncluded : said.tax, print(minor), name),
    ),
  ].join('\n');
}

/** Each tax and rate once: what several lines bear is one sum. */
function taxesOf({ taxLines, locale }: Order, vat: string): [name: string, minor: number][] {
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });
  const sums = new Map<string, number>();
  for (const { name, ppm, taxMinor } of taxLines) {
    const label = `${name === 'VAT' ? vat : name} ${rate.format(ppm / 1_000_000)}`;
    sums.set(label, (sums.get(label) ?? 0) + taxMinor);
  }
  return [...sums].filter(([, minor]) => minor !== 0);
}
