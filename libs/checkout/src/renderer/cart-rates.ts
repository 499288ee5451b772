import { Inject, Injectable } from '@nestjs/common';
import { formatDecimal } from '@libs/kernel';
import type { StoreReader } from '@platform/database';
import { StoreQuoteAssembler } from '../assemble/store-quote-assembler.service';
import { OpenCarts } from '../carts/open-carts.service';
import { LiveAnswers } from '../asking/live-answers.service';
import { countryOf } from './country-of';

/** A rate as borrowed scripts read it; the price is a decimal. */
export interface AjaxRate {
  name: string;
  price: string;
  currency: string;
  /** The last day of the promise, `YYYY-MM-DD`; null where none is made. */
  delivery_date: string | null;
  delivery_range: [string, string] | null;
  source: string;
  code: string;
}

/** Where scripts ask about, as they sent it. */
export interface RatesAddress {
  country: string;
  province: string;
  zip: string;
}

/** What it would cost to send a cart somewhere. */
@Injectable()
export class CartRates {
  constructor(
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(StoreQuoteAssembler) private readonly assembler: StoreQuoteAssembler,
    @Inject(LiveAnswers) private readonly live: LiveAnswers,
  ) {}

  /** @returns null for a country that nobody knows; nothing for a cart of which nothing is sent */
  of(storeId: string, token: string | null, address: RatesAddress): Promise<AjaxRate[] | null> {
    return this.live.read(storeId, (store) => this.ofCart(store, token, address));
  }

  private async ofCart(
    store: StoreReader,
    token: string | null,
    { country: named, province, zip }: RatesAddress,
  ): Promise<AjaxRate[] | null> {
    const country = countryOf(named);
    if (country === null) return null;
    const cart = token === null ? null : await this.carts.find(store, token);
    if (!cart || cart.lines.length === 0) return [];
    const { currency, codes, exchange } = cart;
    const { deliveryOptions } = await this.assembler.assemble(store, {
      lines: cart.lines.map(({ key, quantity, offer }) => ({
        id: key,
        quantity,
        variantId: offer.variantId,
        title: offer.productTitle,
      })),
      currency,
      exchange,
      codes,
      address: {
        country,
        ...(province.trim() === '' ? {} : { province: province.trim().toUpperCase() }),
        ...(zip.trim() === '' ? {} : { zip: zip.trim().slice(0, 20) }),
      },
      deliveryRateId: null,
      ratesOnly: true,
      email: null,
    });
    return deliveryOptions
      .filter(({ kind }) => kind === 'shipping')
      .map(({ title, priceMinor, promised, carrier }) => ({
        name: title,
        price: formatDecimal(priceMinor, currency),
        currency,
        delivery_date: promised?.to ?? null,
        delivery_range: promised && [promised.from, promised.to],
        source: carrier ?? 'store',
        code: title,
      }));
  }
}
