import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { CONFIG, type Config } from '@platform/config';
import { Db, type StoreWriter } from '@platform/database';
import { Authority } from '../certificates/authority.service';
import { diagnose, type Diagnosis } from '../dns/diagnose';
import { DnsClient } from '../dns/dns-client';
import { observe } from '../dns/observe';
import type { HostnameRow } from '../hostname.entity';
import { afterCheck } from './after-check';
import { changeHostname, isUniqueViolation } from './change-hostname';
import { isContested } from './situation.queries';
import { after, DAY } from './timing';

/** Looks at a hostname's DNS and writes down what follows from it. */
@Injectable()
export class HostnameChecks {
  private readonly dns: DnsClient;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Db) private readonly db: Db,
    @Inject(Authority) private readonly authority: Authority,
  ) {
    this.dns = new DnsClient({ resolvers: config.dns.resolvers });
  }

  /** One check. Throws `MovedMeanwhile` when the row changed under it. */
  async check(storeId: string, hostname: HostnameRow): Promise<void> {
    const { patch, takeHold } = afterCheck(
      this.clock.now(),
      hostname,
      await this.look(storeId, hostname),
    );
    if (!takeHold) {
      await this.db.write(storeId, (store) => changeHostname(store, hostname, patch));
      return;
    }
    try {
      await this.db.write(storeId, (store) => this.takeHold(store, hostname, patch));
    } catch (error) {
      if (!isUniqueViolation(error, 'hostnames_one_holder')) throw error;
      await this.db.write(storeId, (store) => this.concede(store, hostname, patch));
    }
  }

  private async look(storeId: string, hostname: HostnameRow): Promise<Diagnosis> {
    const { edgeZone, addresses } = this.config.domains;
    const [seen, contested, caa] = await Promise.all([
      observe(this.dns, hostname.host),
      isContested(this.db, storeId, hostname.host),
      this.authority.caaQuestion(),
    ]);
    return diagnose(seen, {
      target: `${hostname.targetLabel}.${edgeZone}`,
      edgeZone,
      addresses,
      kind: hostname.kind,
      token: hostname.token,
      contested,
      ...caa,
    });
  }

  /** Claims are many, the hold is one: the index across stores decides, not what was read before. */
  private async takeHold(
    store: StoreWriter,
    hostname: HostnameRow,
    patch: Partial<HostnameRow>,
  ): Promise<void> {
    await changeHostname(store, hostname, { ...patch, state: 'verified', checks: 0 });
    await store.execute(
      'INSERT INTO host_history (store_id, host_ascii, held_from) VALUES ($1, $2, $3)',
      [store.storeId, hostname.host, this.clock.now()],
    );
  }

  private async concede(
    store: StoreWriter,
    hostname: HostnameRow,
    patch: Partial<HostnameRow>,
  ): Promise<void> {
    const checkAt = after(this.clock.now(), DAY);
    await changeHostname(store, hostname, { ...patch, state: 'conflict', checkAt });
  }
}
