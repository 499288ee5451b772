import { Inject, Injectable } from '@nestjs/common';
import { type CheckoutView, VatNumbers } from '@renderer/checkout';
import { CheckoutDesk, type Visit } from './desk';

/** What became of what was typed; null is no number. */
export type VatTaken = { number: CheckoutView['checkout']['vatNumber'] } | { fault: string };

/** The VAT number of a company, on the first page of a checkout. */
@Injectable()
export class VatField {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(VatNumbers) private readonly numbers: VatNumbers,
  ) {}

  /** What the field holds; null where there is none, since a number changes nothing there. */
  shown({ setting }: Visit, country: string | undefined, typed: string): string | null {
    return this.numbers.matters(setting.shop.country, country) ? typed : null;
  }

  /** Checks what was typed; a number that is known to be valid is not asked for again. */
  async take(
    visit: Visit,
    { checkout }: CheckoutView,
    { typed, country }: { typed: string | null; country: string },
  ): Promise<VatTaken> {
    if (typed === null || typed === '') return { number: null };
    const known = checkout.vatNumber;
    if (known?.check === 'valid' && known.number === typed) return { number: known };
    const { words } = visit.setting;
    if (await this.desk.isTooOften('vat', visit)) return { fault: words['fault.vatTooOften'] };
    const outcome = await this.numbers.check(visit.site.storeId, typed, country);
    if (outcome.kind === 'misspelt') return { fault: words['fault.vatNumber'] };
    if (outcome.number.check === 'invalid') return { fault: words['fault.vatUnknown'] };
    return { number: outcome.number };
  }
}
