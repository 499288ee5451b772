import { Inject, Injectable } from '@nestjs/common';
import { currencyQuantum } from '@libs/kernel';
import { CONFIG, type Config } from '@platform/config';
import type { StoreWriter } from '@platform/database';
import { SigningSecrets } from '@platform/secrets';
import { ServiceRegister } from '../../asking/service-register';
import { rateKind } from '../../asking/service-kind';
import type { RateService, RateServiceInput } from '../../contract';
import { shippingErrors } from '../shipping.errors';

/** Services that are asked at the checkout what sending costs. */
@Injectable()
export class RateServices extends ServiceRegister<RateServiceInput, RateService> {
  constructor(@Inject(CONFIG) config: Config, @Inject(SigningSecrets) secrets: SigningSecrets) {
    const errors = {
      missing: () => shippingErrors.error('rate-service-not-found'),
      address: (reason: string) =>
        shippingErrors.error('rate-address', { reason }, { field: 'address' }),
      tooMany: (limit: number) => shippingErrors.error('too-many-rate-services', { limit }),
    };
    const own = { origin: 'origin', fallbackRates: 'fallback_rates' };
    super({ kind: rateKind, own, errors }, config, secrets);
  }

  /** Amounts that nobody could pay are refused before a shopper sees them. @throws shipping.bad-fallback */
  protected override async check(
    store: StoreWriter,
    { fallbackRates = [] }: Partial<RateServiceInput>,
  ): Promise<void> {
    const [row] = await store.query<{ currency: string }>(
      'SELECT currency FROM stores WHERE store_id = $1 FOR NO KEY UPDATE',
      [store.storeId],
    );
    const quantum = currencyQuantum(row?.currency ?? 'EUR');
    fallbackRates.forEach(({ priceMinor }, at) => {
      if (priceMinor % quantum === 0) return;
      const field = `fallbackRates.${at}.priceMinor`;
      throw shippingErrors.error('bad-fallback', { quantum }, { field });
    });
  }
}
