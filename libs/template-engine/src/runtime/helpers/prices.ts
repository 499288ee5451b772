import { made, type Octets, octets } from '../octets';
import type { State } from '../state';
import { esc, type Fields, own, toNumber, toText } from '../values';
import { formats } from './formats';

/** What stands beside a price that is measured against the lowest of 30 days, where the theme gives no words. */
const labels: Readonly<Record<string, string>> = {
  ar: 'أدنى سعر خلال الثلاثين يومًا السابقة',
  de: 'Niedrigster Preis der 30 Tage davor',
  en: 'Lowest price of the 30 days before',
  es: 'Precio más bajo de los 30 días anteriores',
  fr: 'Prix le plus bas des 30 jours précédents',
  it: 'Prezzo più basso dei 30 giorni precedenti',
  nl: 'Laagste prijs van de 30 dagen ervoor',
  pl: 'Najniższa cena z 30 dni przed obniżką',
  zh: '降价前 30 天内最低价',
};

/**
 * The price of a variant or product with the reduction that may be announced. The struck price and the percentage are
 * those of `price_reduction` and of nothing else, so that they always belong together.
 */
function priceBlock(s: State, subject: unknown, hash: Fields): Octets {
  const reduction = own(subject, 'price_reduction');
  // An automatic discount lowers what is paid, not the price that it is taken off.
  const paid = own(reduction, 'price') ?? own(subject, 'price');
  const price = esc(formats.money(s, paid, {}));
  const prior = own(reduction, 'prior');
  const active = own(reduction, 'active') === true && typeof prior === 'number';
  if (!active) return made(`<span class="price__plain">${price}</span>`);
  const percent = toNumber(own(reduction, 'percent'));
  const off = hash['percent'] !== false && percent > 0;
  const cut = off ? esc(formats.percent(s, -percent / 100, {})) : '';
  const label = hash['label'] === undefined ? labelFor(s, reduction) : toText(hash['label']);
  const html =
    `<span class="price__now">${price}</span> <s class="price__was">${esc(formats.money(s, prior, {}))}</s>` +
    (off ? ` <span class="price__percent">${cut}</span>` : '') +
    (label === '' ? '' : ` <small class="price__label">${esc(label)}</small>`);
  s.charge(html.length);
  return made(html);
}

/** A price to compare with that no ledger stands behind is nothing that we could vouch for. */
function labelFor({ env: { locale } }: State, reduction: unknown): Octets {
  const kind = own(reduction, 'kind');
  if (kind === 'compare_at' || kind === 'list_price') return made('');
  return octets(labels[locale.split('-')[0] ?? ''] ?? labels['en'] ?? '');
}

export const prices = { price_block: priceBlock };
