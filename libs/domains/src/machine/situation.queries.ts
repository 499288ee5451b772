import { In } from 'typeorm';
import type { Db, StoreReader } from '@platform/database';
import { CertOrder } from '../certificates/cert-order.entity';
import { Certificate } from '../certificates/certificate.entity';
import { HostnameRow } from '../hostname.entity';
import type { Situation } from './next-task';

/** Reads one hostname with its open order and its certificate; null when there is no such hostname. */
export async function readSituation(store: StoreReader, id: string): Promise<Situation | null> {
  const hostname = await store.rows(HostnameRow).findOne({ id });
  if (!hostname) return null;
  const openOrder = await store
    .rows(CertOrder)
    .findOne({ hostnameId: id, state: In(['keyed', 'ordered']) });
  const certificate =
    hostname.certificateId === null
      ? null
      : await store.rows(Certificate).findOne({ id: hostname.certificateId });
  return { hostname, openOrder, certificate };
}

/** Whether another store claims the host or ever held it: then a CNAME may be a leftover and proves nothing. */
export async function isContested(db: Db, storeId: string, host: string): Promise<boolean> {
  const [row] = await db.acrossStores('find rivals for a hostname', (tx) =>
    tx.query<{ contested: boolean }>(
      `SELECT EXISTS (SELECT FROM hostnames WHERE host_ascii = $1 AND store_id <> $2
                      AND state NOT IN ('released', 'expired'))
           OR EXISTS (SELECT FROM host_history WHERE host_ascii = $1 AND store_id <> $2) AS contested`,
      [host, storeId],
    ),
  );
  return row?.contested ?? true;
}
