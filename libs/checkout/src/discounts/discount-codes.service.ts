import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { DiscountCodesInput } from '../contract';
import {
  type CodeRow,
  addCodes,
  addFreeCodes,
  countCodes,
  listCodes,
  mostCodes,
  removeCode,
} from './discount-codes.queries';
import { Discounts } from './discounts.service';
import { discountsErrors } from './discounts.errors';

/** Without signs that are taken for one another: 0 and O, 1, I and L. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** The codes of discounts. */
@Injectable()
export class DiscountCodes {
  constructor(@Inject(Discounts) private readonly discounts: Discounts) {}

  /** @throws discounts.discount-not-found */
  async list(
    store: StoreReader,
    discountId: string,
    page: { limit: number; after: string | null },
  ): Promise<CodeRow[]> {
    await this.discounts.get(store, discountId);
    return listCodes(store, discountId, page);
  }

  /**
   * Adds codes that are given, or makes some up that nobody guesses.
   * @returns how many, and the first of them
   * @throws discounts.discount-not-found, discounts.no-codes, discounts.code-taken, discounts.too-many-codes
   */
  async add(
    store: StoreWriter,
    discountId: string,
    input: DiscountCodesInput,
  ): Promise<{ added: number; code: string }> {
    const { method } = await this.discounts.get(store, discountId);
    if (method === 'automatic') throw discountsErrors.error('no-codes');
    const wanted = 'codes' in input ? input.codes.length : input.generate;
    if ((await countCodes(store, discountId)) + wanted > mostCodes) {
      throw discountsErrors.error('too-many-codes', { limit: mostCodes });
    }
    const code =
      'codes' in input ? (input.codes[0] ?? '') : await this.generate(store, discountId, input);
    if ('codes' in input) await addCodes(store, discountId, input.codes, input.usageLimit);
    const target = { kind: 'discount', id: discountId };
    store.record({ action: 'discount.codes-added', target, after: { added: wanted } });
    return { added: wanted, code };
  }

  /** @throws discounts.discount-not-found, discounts.code-not-found */
  async remove(store: StoreWriter, discountId: string, code: string): Promise<void> {
    await this.discounts.get(store, discountId);
    await removeCode(store, discountId, code);
    const target = { kind: 'discount', id: discountId };
    store.record({ action: 'discount.code-removed', target, before: { code } });
  }

  private async generate(
    store: StoreWriter,
    discountId: string,
    input: Extract<DiscountCodesInput, { generate: number }>,
  ): Promise<string> {
    const { generate, prefix, length, usageLimit } = input;
    let added: string[] = [];
    while (added.length < generate) {
      const codes = new Set<string>();
      const missing = generate - added.length;
      while (codes.size < missing) codes.add(prefix.toUpperCase() + randomCode(length));
      added = [...added, ...(await addFreeCodes(store, discountId, [...codes], usageLimit))];
    }
    return added[0] ?? '';
  }
}

function randomCode(length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
