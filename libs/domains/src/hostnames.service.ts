import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader, StoreWriter } from '@platform/database';
import { AdvanceHostname } from './advance-hostname.job';
import type { HostnameView } from './contract';
import { domainsErrors } from './domains.errors';
import { HostnameChanged } from './domains.events';
import { HELD, HostnameRow } from './hostname.entity';
import { viewHostname } from './hostname.view';
import { parseHostname, type ParsedHostname } from './hostname/parse-hostname';
import { changeHostname, isUniqueViolation } from './machine/change-hostname';
import type { Situation } from './machine/next-task';
import { releaseHostname } from './machine/release-hostname';
import { readSituation } from './machine/situation.queries';

const MAX_PER_STORE = 50;
/** A merchant may press "check again" this often. */
const CHECK_SPACING_MS = 10_000;

/** What merchants do with hostnames. The machine does the rest, in jobs. */
@Injectable()
export class Hostnames {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Claims a hostname for the store; a claim is free and takes nothing from anybody. Throws
   * `domains.hostname-<problem>`, `domains.hostname-already-added`, `domains.too-many-hostnames`.
   */
  async connectHostname(store: StoreWriter, typed: string): Promise<HostnameView> {
    const parsed = this.parse(typed);
    const rows = store.rows(HostnameRow);
    if ((await rows.count({ state: Not('released') })) >= MAX_PER_STORE) {
      throw domainsErrors.error('too-many-hostnames', { limit: MAX_PER_STORE });
    }
    const row = { ...this.claim(parsed), storeId: store.storeId };
    try {
      await rows.insert(row);
    } catch (error) {
      if (!isUniqueViolation(error, 'hostnames_once_per_store')) throw error;
      const params = { hostname: parsed.ascii };
      throw domainsErrors.error('hostname-already-added', params, { field: 'hostname' });
    }
    store.enqueue(AdvanceHostname, { hostnameId: row.id }, { dedupeKey: `${row.id}-v1` });
    store.publish(HostnameChanged, { hostnameId: row.id, host: row.host, state: row.state });
    const target = { kind: 'hostname', id: row.id };
    store.record({ action: 'hostname.connected', target, after: { hostname: row.host } });
    return this.view({ hostname: row, openOrder: null, certificate: null });
  }

  /** All hostnames of the store that are not gone, oldest first. A store has few, so there is one page. */
  async listHostnames(store: StoreReader): Promise<HostnameView[]> {
    const rows = await store
      .rows(HostnameRow)
      .find({ state: Not('released') }, { order: { createdAt: 'ASC', id: 'ASC' } });
    const views: HostnameView[] = [];
    for (const { id } of rows) views.push(this.view(await this.situation(store, id)));
    return views;
  }

  /** One hostname. Throws `domains.hostname-missing`. */
  async getHostname(store: StoreReader, id: string): Promise<HostnameView> {
    return this.view(await this.situation(store, id));
  }

  /**
   * Asks for a check now, and lifts what only a merchant may lift: an expired claim, a block. Throws
   * `domains.hostname-missing`, `domains.checked-too-soon`, `domains.hostname-is-going`.
   */
  async requestCheck(store: StoreWriter, id: string): Promise<HostnameView> {
    const situation = await this.situation(store, id);
    const { hostname } = situation;
    this.refuseGoing(hostname);
    const now = this.clock.now();
    const since = now.getTime() - (hostname.checkRequestedAt?.getTime() ?? 0);
    if (since < CHECK_SPACING_MS) {
      const seconds = Math.ceil((CHECK_SPACING_MS - since) / 1000);
      throw domainsErrors.error('checked-too-soon', { seconds }, { retryAfterSeconds: seconds });
    }
    const patch: Partial<HostnameRow> = { checkRequestedAt: now, checkAt: now, nextAt: now };
    if (hostname.state === 'expired')
      Object.assign(patch, { state: 'awaiting_dns', createdAt: now });
    if (hostname.state === 'blocked') Object.assign(patch, { state: 'verified', issueAfter: null });
    const changed = await changeHostname(store, hostname, patch);
    this.wake(store, changed);
    return this.view({ ...situation, hostname: changed });
  }

  /**
   * Makes a hostname the one that all others of the store redirect to. Throws `domains.hostname-missing`,
   * `domains.hostname-not-ready`, `domains.hostname-is-going`.
   */
  async makePrimary(store: StoreWriter, id: string): Promise<HostnameView> {
    const situation = await this.situation(store, id);
    const { hostname } = situation;
    this.refuseGoing(hostname);
    if (hostname.state !== 'active') {
      throw domainsErrors.error('hostname-not-ready', { hostname: hostname.host });
    }
    if (hostname.primary) return this.view(situation);
    const former = await store.rows(HostnameRow).findOne({ primary: true });
    if (former) await changeHostname(store, former, { primary: false });
    const changed = await changeHostname(store, hostname, { primary: true });
    store.record({
      action: 'hostname.made-primary',
      target: { kind: 'hostname', id },
      before: { primary: former?.host ?? null },
      after: { primary: hostname.host },
    });
    return this.view({ ...situation, hostname: changed });
  }

  /**
   * Removes a hostname: a mere claim at once, a held one by way of `releasing`. Throws `domains.hostname-missing`.
   */
  async disconnectHostname(store: StoreWriter, id: string): Promise<void> {
    const { hostname } = await this.situation(store, id);
    if (hostname.state === 'releasing') return;
    if (HELD.includes(hostname.state)) {
      const now = this.clock.now();
      const patch = { state: 'releasing', primary: false, nextAt: now } as const;
      this.wake(store, await changeHostname(store, hostname, patch));
    } else await releaseHostname(store, hostname, this.clock.now());
    store.record({
      action: 'hostname.disconnected',
      target: { kind: 'hostname', id },
      before: { hostname: hostname.host },
    });
  }

  private parse(typed: string): ParsedHostname {
    const { domains, shop } = this.config;
    const verdict = parseHostname(typed, {
      ownZones: [shop.platformZone, domains.edgeZone],
      testMode: domains.testMode,
    });
    if (verdict.ok) return verdict.hostname;
    const params = { hostname: typed.slice(0, 100) };
    throw domainsErrors.error(`hostname-${verdict.problem}`, params, { field: 'hostname' });
  }

  private claim(parsed: ParsedHostname): Omit<HostnameRow, 'storeId'> {
    const now = this.clock.now();
    return {
      id: newId(),
      host: parsed.ascii,
      unicode: parsed.unicode,
      kind: parsed.kind,
      registrable: parsed.registrable,
      state: 'awaiting_dns',
      version: 1,
      token: `shopverify-${randomBytes(16).toString('hex')}`,
      // 80 bits: nobody finds another store's target by trying.
      targetLabel: `t-${randomBytes(10).toString('hex')}`,
      proof: null,
      provedAt: null,
      routing: 'unknown',
      caa: 'unknown',
      findings: [],
      checks: 0,
      checkedAt: null,
      checkAt: now,
      checkRequestedAt: null,
      issueAfter: null,
      failures: 0,
      lastError: null,
      certificateId: null,
      primary: false,
      nextAt: now,
      createdAt: now,
      releasedAt: null,
    };
  }

  private async situation(store: StoreReader, id: string): Promise<Situation> {
    const situation = await readSituation(store, id);
    if (!situation || situation.hostname.state === 'released') {
      throw domainsErrors.error('hostname-missing');
    }
    return situation;
  }

  private refuseGoing({ state, host }: HostnameRow): void {
    if (state === 'releasing') throw domainsErrors.error('hostname-is-going', { hostname: host });
  }

  private wake(store: StoreWriter, { id, version }: HostnameRow): void {
    store.enqueue(AdvanceHostname, { hostnameId: id }, { dedupeKey: `${id}-v${version}` });
  }

  private view(situation: Situation): HostnameView {
    return viewHostname(situation, this.config.domains, this.clock.now());
  }
}
