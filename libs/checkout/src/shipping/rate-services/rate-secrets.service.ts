import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { Secrets } from '@platform/secrets';

interface SecretRow {
  address: string;
  sealed: string;
  previous: string | null;
}

/** The secrets that questions are signed with, sealed for the row of their service. */
@Injectable()
export class RateSecrets {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** A secret as the row keeps it. */
  seal(storeId: string, serviceId: string, secret: string): string {
    return this.secrets.seal(secret, context(storeId, serviceId));
  }

  /** Where a service is asked and with which secrets, the newest first; null for one that is gone or not active. */
  async find(
    store: StoreReader,
    serviceId: string,
  ): Promise<{ address: string; secrets: string[] } | null> {
    const [row] = await store.query<SecretRow>(
      `SELECT address, sealed_secret AS sealed,
         CASE WHEN previous_until > now() THEN sealed_previous_secret END AS previous
       FROM rate_services WHERE store_id = $1 AND service_id = $2 AND active`,
      [store.storeId, serviceId],
    );
    if (!row) return null;
    const secrets = [row.sealed, row.previous]
      .filter((text) => text !== null)
      .map((text) => this.secrets.open(text, context(store.storeId, serviceId)).toString());
    return { address: row.address, secrets };
  }
}

function context(storeId: string, rowId: string) {
  return { purpose: 'rates', table: 'rate_services', rowId, storeId };
}
