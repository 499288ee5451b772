import { In } from 'typeorm';
import type { StoreWriter } from '@platform/database';
import { CertOrder } from '../certificates/cert-order.entity';
import { Certificate } from '../certificates/certificate.entity';
import { HELD, type HostnameRow } from '../hostname.entity';
import { changeHostname } from './change-hostname';

/**
 * Lets a hostname go, in the caller's transaction: open orders are abandoned, challenges withdrawn, the certificate
 * retired, the hold entered into the history for ever. Throws `MovedMeanwhile`.
 */
export async function releaseHostname(
  store: StoreWriter,
  hostname: HostnameRow,
  now: Date,
): Promise<void> {
  const { id, host } = hostname;
  await changeHostname(store, hostname, {
    state: 'released',
    releasedAt: now,
    primary: false,
    checkAt: null,
    issueAfter: null,
  });
  await store.execute(
    `DELETE FROM acme_challenges WHERE order_id IN
       (SELECT id FROM cert_orders WHERE store_id = $1 AND hostname_id = $2)`,
    [store.storeId, id],
  );
  await store
    .rows(CertOrder)
    .update(
      { hostnameId: id, state: In(['keyed', 'ordered']) },
      { state: 'abandoned', keySealed: null, closedAt: now },
    );
  if (hostname.certificateId !== null) {
    await store.rows(Certificate).update({ id: hostname.certificateId }, { supersededAt: now });
  }
  if (HELD.includes(hostname.state)) {
    await store.execute(
      `UPDATE host_history SET held_until = $3
       WHERE store_id = $1 AND host_ascii = $2 AND held_until IS NULL`,
      [store.storeId, host, now],
    );
  }
}

/** Destroys the sealed keys of a released hostname. Throws `MovedMeanwhile`. */
export async function shredKeys(store: StoreWriter, hostname: HostnameRow): Promise<void> {
  await store.rows(Certificate).update({ hostnameId: hostname.id }, { keySealed: null });
  await changeHostname(store, hostname, { certificateId: null });
}
