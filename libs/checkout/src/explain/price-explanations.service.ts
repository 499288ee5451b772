import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { StoreQuoteAssembler } from '../assemble/store-quote-assembler.service';
import type { PriceQuestion } from '../contract';
import { quote } from '../quote';
import { explain } from './explain';

/** Why things cost what they cost, for whoever answers shoppers. */
@Injectable()
export class PriceExplanations {
  constructor(@Inject(StoreQuoteAssembler) private readonly assembler: StoreQuoteAssembler) {}

  /**
   * Prices a cart that is only asked about, and says why. Nothing is kept.
   * @throws assemble.line-gone, quote.bad-input where the store is registered but no tax rate is known
   */
  async of(store: StoreReader, question: PriceQuestion) {
    const first = await this.assemble(store, question, question.deliveryRateId ?? null);
    const chosen = question.deliveryRateId ?? first.deliveryOptions[0]?.rateId ?? null;
    const { input, deliveryOptions, unknownCodes } =
      chosen === null || chosen === question.deliveryRateId
        ? first
        : await this.assemble(store, question, chosen);
    const priced = quote(input);
    const titles = await titlesOf(store, question);
    const names = new Map([
      ...input.lines.map(({ id, variantId }): [string, string] => [
        id,
        titles.get(variantId) ?? variantId,
      ]),
      ...deliveryOptions.map(({ rateId, title }): [string, string] => [rateId, title]),
      ...input.discounts.map(({ id, title }): [string, string] => [id, title]),
    ]);
    return {
      currency: priced.currency,
      totals: priced.totals,
      taxScheme: priced.tax.scheme,
      ...explain(priced, names),
      unknownCodes,
      deliveryOptions: deliveryOptions.map(({ rateId, kind, title, priceMinor, promised }) => ({
        rateId,
        kind,
        title,
        priceMinor,
        promised,
      })),
    };
  }

  private assemble(store: StoreReader, question: PriceQuestion, deliveryRateId: string | null) {
    const { lines, codes, country, province, email, groups } = question;
    return this.assembler.assemble(store, {
      lines: lines.map((line, at) => ({ ...line, id: `line-${at + 1}` })),
      codes,
      groups,
      deliveryRateId,
      email: email ?? null,
      address: country === undefined ? null : { country, province },
    });
  }
}

async function titlesOf(
  store: StoreReader,
  { lines }: PriceQuestion,
): Promise<Map<string, string>> {
  const rows = await store.query<{ id: string; title: string }>(
    `SELECT v.variant_id AS id, concat_ws(' - ', p.title,
       nullif(concat_ws(' / ', v.option1, v.option2, v.option3), '')) AS title
     FROM variants v JOIN products p ON p.store_id = v.store_id AND p.product_id = v.product_id
     WHERE v.store_id = $1 AND v.variant_id = ANY ($2::uuid[])`,
    [store.storeId, lines.map(({ variantId }) => variantId)],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}
