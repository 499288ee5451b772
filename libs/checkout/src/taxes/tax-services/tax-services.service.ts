import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { SigningSecrets } from '@platform/secrets';
import { ServiceRegister } from '../../asking/service-register';
import { taxKind } from '../../asking/service-kind';
import type { TaxService, TaxServiceInput } from '../../contract';
import { taxesErrors } from '../taxes.errors';

/** Services that are asked at the checkout which taxes are levied. */
@Injectable()
export class TaxServices extends ServiceRegister<TaxServiceInput, TaxService> {
  constructor(@Inject(CONFIG) config: Config, @Inject(SigningSecrets) secrets: SigningSecrets) {
    const errors = {
      missing: () => taxesErrors.error('service-not-found'),
      address: (reason: string) =>
        taxesErrors.error('service-address', { reason }, { field: 'address' }),
      tooMany: (limit: number) => taxesErrors.error('too-many-services', { limit }),
    };
    super({ kind: taxKind, own: {}, errors }, config, secrets);
  }
}
