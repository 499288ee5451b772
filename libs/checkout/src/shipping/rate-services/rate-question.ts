import type { SellableVariant } from '@libs/catalog';
import { type Asked, hashOfQuestion } from '../../asking/asked';
import { rateKind } from '../../asking/service-kind';
import type { FallbackRate, RateOrigin } from '../../contract';
import { type AnsweredRate, judgeAnswer } from './rate-answer';

/** A service as a price is computed with it. */
export interface RateServiceFacts {
  serviceId: string;
  name: string;
  countries: string[] | null;
  origin: RateOrigin;
  fallbackRates: FallbackRate[];
  /** It failed several times in a row and is left alone for a while. */
  resting: boolean;
}

/** What a service is asked: all that decides a rate, and nothing of who the shopper is. */
export interface RateQuestion {
  currency: string;
  /** Those in which rates may be told: the shopper's first, then the store's. */
  currencies: string[];
  locale: string;
  origin: RateOrigin;
  /** Without name, street, e-mail address and telephone number. */
  destination: Destination;
  items: RateItem[];
  /** Of the items, before discounts. */
  subtotalMinor: number;
  grams: number;
}

interface RateItem {
  variantId: string;
  sku: string | null;
  title: string;
  quantity: number;
  /** Of one. */
  grams: number;
  /** Of one, before discounts, in minor units of the currency. */
  priceMinor: number;
}

/** Where something goes, as far as a service is told. */
export interface Destination {
  country: string;
  province: string | null;
  zip: string | null;
  city: string | null;
}

/** What a question is made of. */
export interface QuestionFacts {
  lines: readonly {
    quantity: number;
    offer: Pick<SellableVariant, 'variantId' | 'sku' | 'productTitle' | 'grams' | 'priceMinor'> & {
      requiresShipping: boolean;
    };
  }[];
  destination: Destination;
  currency: string;
  /** The store's. */
  base: string;
  locale: string;
}

/** A question to one service, by what it is known again: the same cart, place, language and currency are one. */
export type AskedRates = Asked<RateQuestion, AnsweredRate[]>;

/** What each of the services that serve the place is to be asked; nothing for a cart of which nothing is sent. Pure. */
export function rateQuestions(
  services: readonly RateServiceFacts[],
  facts: QuestionFacts,
): AskedRates[] {
  const items = itemsOf(facts.lines);
  if (items.length === 0) return [];
  const { destination, currency, base, locale } = facts;
  return services
    .filter(({ countries }) => countries === null || countries.includes(destination.country))
    .map(({ serviceId, origin }) => {
      const currencies = [...new Set([currency, base])];
      const question = {
        currency,
        currencies,
        locale,
        origin,
        destination,
        items,
        subtotalMinor: items.reduce((sum, one) => sum + one.quantity * one.priceMinor, 0),
        grams: items.reduce((sum, one) => sum + one.quantity * one.grams, 0),
      };
      const judge = (body: Buffer, now: number) => judgeAnswer(body, currencies, now);
      return { kind: rateKind, serviceId, hash: hashOfQuestion(question), question, judge };
    });
}

/** What is sent, each variant once: in which order and in how many lines it lies in the cart decides nothing. */
function itemsOf(lines: QuestionFacts['lines']): RateItem[] {
  const items = new Map<string, RateItem>();
  for (const { quantity, offer } of lines) {
    if (!offer.requiresShipping) continue;
    const { variantId, sku, productTitle: title, grams, priceMinor } = offer;
    const before = items.get(variantId)?.quantity ?? 0;
    items.set(variantId, {
      variantId,
      sku,
      title,
      quantity: before + quantity,
      grams,
      priceMinor,
    });
  }
  return [...items.values()].sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
