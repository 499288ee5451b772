import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db, type StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';
import type { CertificateFacts } from '../acme/certificate-chain';
import { CertificateStored } from '../domains.events';
import { HostnameRow } from '../hostname.entity';
import { changeHostname } from '../machine/change-hostname';
import { after, DAY, renewAt } from '../machine/timing';
import type { CertOrder } from './cert-order.entity';
import { Certificate } from './certificate.entity';
import { changeOrder, dropChallenges } from './order-writes';
import { certificateKeySeal } from './seals';

/** The last arrow of an order: everything in one transaction, or nothing. */
@Injectable()
export class StoreCertificate {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /**
   * Stores a checked certificate with its key, ends the order, makes the hostname active and says so. Throws
   * `MovedMeanwhile` when the order or the hostname changed since they were read.
   */
  async store(
    work: { storeId: string; hostname: HostnameRow; order: CertOrder },
    facts: CertificateFacts,
    keyPem: string,
  ): Promise<void> {
    const { storeId, hostname, order } = work;
    const id = newId();
    const now = this.clock.now();
    const certificate: Omit<Certificate, 'storeId'> = {
      ...facts,
      id,
      hostnameId: hostname.id,
      orderId: order.id,
      keySealed: this.secrets.seal(keyPem, certificateKeySeal(storeId, id)),
      renewAt: renewAt(facts.notBefore, facts.notAfter, now),
      supersededAt: null,
      createdAt: now,
    };
    await this.db.write(storeId, async (store) => {
      await changeOrder(store, order, { state: 'stored', keySealed: null, closedAt: now });
      await store.rows(Certificate).insert(certificate);
      if (hostname.certificateId !== null) {
        await store.rows(Certificate).update({ id: hostname.certificateId }, { supersededAt: now });
      }
      await changeHostname(store, hostname, {
        state: 'active',
        certificateId: id,
        failures: 0,
        lastError: null,
        issueAfter: null,
        checks: 0,
        checkAt: after(now, DAY),
        primary: hostname.primary || (await this.hasNoPrimary(store)),
      });
      await dropChallenges(store, order.id);
      store.publish(CertificateStored, {
        hostnameId: hostname.id,
        host: hostname.host,
        certificateId: id,
        renewal: order.purpose === 'renew',
      });
    });
  }

  /** A store's first working hostname becomes its primary one by itself. */
  private async hasNoPrimary(store: StoreWriter): Promise<boolean> {
    return (await store.rows(HostnameRow).count({ primary: true })) === 0;
  }
}
