import { Inject, Injectable } from '@nestjs/common';
import { currencyQuantum, newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader, StoreWriter } from '@platform/database';
import { receiverAddress } from '@platform/fetch';
import { checkVersion } from '@platform/http';
import { newToken } from '@platform/secrets';
import type { FallbackRate, RateService, RateServiceInput } from '../../contract';
import type { Seen } from '../../discounts/discounts.service';
import { shippingErrors } from '../shipping.errors';
import { RateSecrets } from './rate-secrets.service';

/** Services of a store: all that serve a place are asked for each question, at the same time. */
const mostServices = 5;

const columns = `service_id AS id, name, address, active, countries, origin, fallback_rates AS "fallbackRates",
  CASE WHEN previous_until > now() THEN previous_until END AS "previousSecretUntil",
  created_at AS "createdAt", updated_at AS "updatedAt", version, failures,
  CASE WHEN resting_until > now() THEN resting_until END AS "restingUntil",
  last_success_at AS "lastSuccessAt", last_failure_at AS "lastFailureAt", last_failure AS "lastFailure"`;

type Health = RateService['health'];
type Row = Omit<RateService, 'health'> & Omit<Health, 'state'>;

/** Services that are asked at the checkout what sending costs. */
@Injectable()
export class RateServices {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RateSecrets) private readonly secrets: RateSecrets,
  ) {}

  /** Oldest first; there are few. */
  async list(store: StoreReader): Promise<RateService[]> {
    const rows = await store.query<Row>(
      `SELECT ${columns} FROM rate_services WHERE store_id = $1 ORDER BY service_id`,
      [store.storeId],
    );
    return rows.map(viewOf);
  }

  /** @throws shipping.rate-service-not-found */
  async get(store: StoreReader, id: string): Promise<RateService> {
    const [row] = await store.query<Row>(
      `SELECT ${columns} FROM rate_services WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id],
    );
    if (!row) throw shippingErrors.error('rate-service-not-found');
    return viewOf(row);
  }

  /**
   * Adds a service. Its secret is in this answer and in no other.
   * @throws shipping.rate-address, shipping.bad-fallback, shipping.too-many-rate-services
   */
  async create(
    store: StoreWriter,
    input: RateServiceInput,
  ): Promise<RateService & { secret: string }> {
    const address = this.checkAddress(input.address);
    await checkFallback(store, input.fallbackRates);
    if ((await this.list(store)).length >= mostServices)
      throw shippingErrors.error('too-many-rate-services', { limit: mostServices });
    const id = newId();
    const secret = newToken('rates');
    await store.execute(
      `INSERT INTO rate_services (store_id, service_id, name, address, active, countries, origin, fallback_rates,
         sealed_secret)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        store.storeId,
        id,
        ...valuesOf({ ...input, address }),
        this.secrets.seal(store.storeId, id, secret),
      ],
    );
    const target = { kind: 'rate-service', id };
    store.record({ action: 'rate-service.created', target, after: { ...input, address } });
    return { ...(await this.get(store, id)), secret };
  }

  /**
   * Changes a service. What it answered before counts no more, and it is tried again at once.
   * @throws shipping.rate-service-not-found, shipping.rate-address, shipping.bad-fallback, http.version-conflict
   */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<RateServiceInput>,
    seen: Seen,
  ): Promise<RateService> {
    const before = await this.lock(store, id, seen);
    const next = { ...before, ...patch };
    const address = patch.address === undefined ? before.address : this.checkAddress(patch.address);
    if (patch.fallbackRates) await checkFallback(store, patch.fallbackRates);
    await store.execute(
      `UPDATE rate_services SET name = $3, address = $4, active = $5, countries = $6, origin = $7,
         fallback_rates = $8, failures = 0, resting_until = NULL, updated_at = now(), version = version + 1
       WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id, ...valuesOf({ ...next, address })],
    );
    await store.execute('DELETE FROM rate_answers WHERE store_id = $1 AND service_id = $2', [
      store.storeId,
      id,
    ]);
    const after = await this.get(store, id);
    const changes = changedFields(plain(before), plain(after));
    const target = { kind: 'rate-service', id };
    store.record({ action: 'rate-service.updated', target, ...changes });
    return after;
  }

  /** @throws shipping.rate-service-not-found, http.version-conflict */
  async delete(store: StoreWriter, id: string, seen: Seen): Promise<void> {
    const { name } = await this.lock(store, id, seen);
    await store.execute('DELETE FROM rate_services WHERE store_id = $1 AND service_id = $2', [
      store.storeId,
      id,
    ]);
    const target = { kind: 'rate-service', id };
    store.record({ action: 'rate-service.deleted', target, before: { name } });
  }

  /**
   * Gives a service a new secret, shown in this answer only; the one before it signs as well for a while.
   * @throws shipping.rate-service-not-found
   */
  async rotateSecret(
    store: StoreWriter,
    id: string,
    overlapHours: number,
  ): Promise<RateService & { secret: string }> {
    await this.lock(store, id, {});
    const secret = newToken('rates');
    await store.execute(
      `UPDATE rate_services SET sealed_secret = $3,
         sealed_previous_secret = CASE WHEN $4 > 0 THEN sealed_secret END,
         previous_until = CASE WHEN $4 > 0 THEN now() + $4 * interval '1 hour' END,
         version = version + 1, updated_at = now()
       WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id, this.secrets.seal(store.storeId, id, secret), overlapHours],
    );
    const target = { kind: 'rate-service', id };
    store.record({ action: 'rate-service.secret-rotated', target });
    return { ...(await this.get(store, id)), secret };
  }

  private checkAddress(text: string): string {
    const checked = receiverAddress(text, this.config.fetch.allowPrivate);
    if ('address' in checked) return checked.address;
    throw shippingErrors.error('rate-address', { reason: checked.fault }, { field: 'address' });
  }

  private async lock(store: StoreWriter, id: string, seen: Seen): Promise<RateService> {
    const sql = 'SELECT FROM rate_services WHERE store_id = $1 AND service_id = $2 FOR UPDATE';
    await store.query(sql, [store.storeId, id]);
    const found = await this.get(store, id);
    checkVersion(found.version, seen);
    return found;
  }
}

/** Amounts that nobody could pay are refused before a shopper sees them. */
async function checkFallback(store: StoreWriter, rates: readonly FallbackRate[]): Promise<void> {
  const [row] = await store.query<{ currency: string }>(
    'SELECT currency FROM stores WHERE store_id = $1 FOR NO KEY UPDATE',
    [store.storeId],
  );
  const quantum = currencyQuantum(row?.currency ?? 'EUR');
  rates.forEach(({ priceMinor }, at) => {
    if (priceMinor % quantum === 0) return;
    const field = `fallbackRates.${at}.priceMinor`;
    throw shippingErrors.error('bad-fallback', { quantum }, { field });
  });
}

function valuesOf(input: RateServiceInput): unknown[] {
  const { name, address, active, countries, origin, fallbackRates } = input;
  return [name, address, active, countries, JSON.stringify(origin), JSON.stringify(fallbackRates)];
}

function viewOf(row: Row): RateService {
  const { failures, restingUntil, lastSuccessAt, lastFailureAt, lastFailure, ...service } = row;
  const known = lastSuccessAt === null && lastFailureAt === null ? 'unknown' : 'good';
  const state = restingUntil !== null ? 'resting' : failures > 0 ? 'failing' : known;
  return {
    ...service,
    health: { state, failures, restingUntil, lastSuccessAt, lastFailureAt, lastFailure },
  };
}

function plain({ name, address, active, countries, origin, fallbackRates }: RateService) {
  return { name, address, active, countries, origin, fallbackRates };
}
