import { Injectable } from '@nestjs/common';
import { findSellable, type SellableVariant } from '@libs/catalog';
import type { StoreReader } from '@platform/database';
import { type AssembledQuote, QuoteAssembler } from '../checkouts/ports';
import { findDiscounts } from '../discounts/quote-discounts.queries';
import type { QuoteInput } from '../quote';
import { type DeliveryOption, zoneOf } from '../shipping/delivery-options';
import { offeredRates } from '../shipping/rate-services/offered-rates';
import { rateQuestions } from '../shipping/rate-services/rate-question';
import { type Exchange, ruleOf } from '../carts/exchange';
import { type QuoteFacts, buildInput } from './build-input';
import type { FrozenTaxes } from '../taxes/providers/frozen-taxes';
import { levied } from '../taxes/providers/levied';
import { taxAddress } from '../taxes/providers/tax-provider';
import { assembleErrors } from './assemble.errors';
import { discountsIn, sellingIn } from './in-currency';
import { readSellingFacts, type SellingFacts } from './selling-facts.queries';

/** What is to be priced, for whom, and where it goes. */
export interface AssembleQuestion {
  lines: readonly { id: string; variantId: string; quantity: number; title?: string }[];
  /** The store's when it is left out. */
  currency?: string;
  /** How amounts are made of the store's; none where that is the currency. */
  exchange?: Exchange | null;
  /** As entered, in that order. */
  codes: readonly string[];
  address: { country: string; province?: string; zip?: string; city?: string } | null;
  /** In which services are asked to name their rates; the store's when it is left out. */
  locale?: string;
  deliveryRateId: string | null;
  /** Whether the first that is offered is taken where none, or none that is offered, was chosen. */
  orFirstRate?: boolean;
  /** Of the company that buys. */
  vatNumber?: QuoteFacts['buyer'];
  email: string | null;
  /** Customer groups. */
  groups?: readonly string[];
  storedValue?: QuoteInput['storedValue'];
  /** What this checkout holds counts as free for it. */
  checkoutId?: string;
  /** What a tax service said of it before. */
  taxes?: FrozenTaxes | null;
  /** Nobody looks at the taxes: no service is asked for them. */
  ratesOnly?: boolean;
}

/** A line with what is sold of it. */
interface SoldLine {
  id: string;
  quantity: number;
  offer: SellableVariant;
}

type Built = ReturnType<typeof buildInput>;

/** Looks up what a quote must be told, in three statements: what is sold, which discounts there are, the store's rules; and what services answered, where there are any. */
@Injectable()
export class StoreQuoteAssembler extends QuoteAssembler {
  /**
   * Calls nobody: see `LiveAnswers`.
   * @throws assemble.line-gone when something is not sold any more, assemble.currency-not-sold, quote.bad-input where the
   * store is registered but no tax rate is known; Unasked
   */
  async assemble(
    store: StoreReader,
    question: AssembleQuestion,
  ): Promise<Omit<AssembledQuote, 'deliveryOptions'> & { deliveryOptions: DeliveryOption[] }> {
    const { lines, codes, email, address, checkoutId = null, exchange = null } = question;
    const found = await findSellable(
      store,
      lines.map(({ variantId }) => variantId),
      exchange && question.currency !== undefined
        ? {
            market: exchange.market,
            currency: question.currency,
            rule: ruleOf(exchange, question.currency),
          }
        : null,
    );
    const contact = email;
    const { discounts, unknownCodes } = await findDiscounts(store, { codes, contact, checkoutId });
    const selling = await readSellingFacts(store);
    const { currency = selling.currency } = question;
    if (currency !== selling.currency && exchange === null) {
      throw assembleErrors.error('currency-not-sold', { currency }, { field: 'currency' });
    }
    const offers = new Map(found.map((offer) => [offer.variantId, offer]));
    refuseGone(lines.filter(({ variantId }) => !offers.has(variantId)));
    const wanted = lines.flatMap(({ id, variantId, quantity }) => {
      const offer = offers.get(variantId);
      return offer ? [{ id, quantity, offer }] : [];
    });
    const live = await this.live(store, question, { selling, lines: wanted, currency });
    const built = buildInput({
      lines: wanted,
      currency,
      discounts: discountsIn(discounts, exchange, currency),
      exchange,
      groups: question.groups ?? [],
      selling: sellingIn(selling, exchange, currency),
      destination: address && { country: address.country, province: address.province ?? null },
      buyer: question.vatNumber ?? null,
      deliveryRateId: question.deliveryRateId,
      orFirstRate: question.orFirstRate ?? false,
      storedValue: question.storedValue ?? [],
      live,
    });
    const taxed = await this.taxed(store, question, { built, selling, lines: wanted });
    return { ...built, ...taxed, unknownCodes };
  }

  /** The taxes of where the goods are handed over; what is fetched is taxed where it is fetched. */
  private async taxed(
    store: StoreReader,
    { address, taxes: frozen = null, ratesOnly = false }: AssembleQuestion,
    { built, selling, lines }: { built: Built; selling: SellingFacts; lines: SoldLine[] },
  ): Promise<Pick<AssembledQuote, 'input' | 'taxes'>> {
    const { input, deliveryOptions } = built;
    if (ratesOnly) return { input, taxes: null };
    const chosen = input.deliveries[0]?.id;
    const { pickup } = deliveryOptions.find(({ rateId }) => rateId === chosen) ?? {};
    return levied(store, input, {
      services: selling.taxServices,
      origin: selling.country,
      address: taxAddress(pickup?.address ?? address),
      articles: new Map(lines.map(({ id, offer }) => [id, offer])),
      frozen,
    });
  }

  /** What services offer where the store sends to: a zone says that it does. */
  private live(
    store: StoreReader,
    { address, exchange = null, locale }: AssembleQuestion,
    { selling, lines, currency }: { selling: SellingFacts; lines: SoldLine[]; currency: string },
  ): Promise<DeliveryOption[]> {
    const { rateServices: services, shipping: settings, zones, timeZone, now } = selling;
    if (address === null || services.length === 0) return Promise.resolve([]);
    const { country, province = null, zip = null, city = null } = address;
    if (!zoneOf(zones, { country, province })) return Promise.resolve([]);
    const asked = rateQuestions(services, {
      lines,
      destination: { country, province, zip, city },
      currency,
      base: selling.currency,
      locale: locale ?? selling.locale,
    });
    const terms = { currency, exchange, settings, timeZone, now };
    return offeredRates(store, { services, asked }, terms);
  }
}

/** Names every line of which nothing is sold any more. */
function refuseGone(gone: AssembleQuestion['lines']): void {
  const [first] = gone;
  if (!first) return;
  const titleOf = ({ title, variantId }: typeof first): string => title ?? variantId;
  const issues = gone.map((line) => {
    const { code, message } = assembleErrors.error('line-gone', { title: titleOf(line) });
    return { field: `lines.${line.id}`, code, message };
  });
  throw assembleErrors.error('line-gone', { title: titleOf(first) }, { issues });
}
