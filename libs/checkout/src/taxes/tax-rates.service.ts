import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { TaxRateInput, TaxRateView } from '../contract';
import type { Seen } from '../discounts/discounts.service';
import { taxesErrors } from './taxes.errors';

type Row = Omit<TaxRateView, 'percent'> & { ppm: number };

const columns = `rate_id AS id, country, region, category, name, jurisdiction, ppm, compound,
  exempt_below_minor AS "exemptBelowMinor", valid_from::text AS "from", valid_to::text AS "to",
  created_at AS "createdAt", updated_at AS "updatedAt", version`;

/** The store's own tax rates; for a country and category they count instead of the built-in ones. */
@Injectable()
export class TaxRates {
  /** Oldest first. */
  async list(
    store: StoreReader,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<TaxRateView[]> {
    const rows = await store.query<Row>(
      `SELECT ${columns} FROM tax_rates WHERE store_id = $1 AND ($2::uuid IS NULL OR rate_id > $2)
       ORDER BY rate_id LIMIT $3`,
      [store.storeId, after, limit],
    );
    return rows.map(viewOf);
  }

  /** @throws taxes.rate-not-found */
  async get(store: StoreReader, id: string): Promise<TaxRateView> {
    const [found] = await store.query<Row>(
      `SELECT ${columns} FROM tax_rates WHERE store_id = $1 AND rate_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw taxesErrors.error('rate-not-found');
    return viewOf(found);
  }

  /** @throws taxes.bad-rate, taxes.rate-taken */
  async create(store: StoreWriter, input: TaxRateInput): Promise<TaxRateView> {
    const id = newId();
    const { country, region } = input;
    const jurisdiction = input.jurisdiction ?? (region === null ? country : `${country}-${region}`);
    const rate = { ...input, jurisdiction };
    await check(store, id, rate);
    await store.execute(
      `INSERT INTO tax_rates (store_id, rate_id, country, region, category, name, jurisdiction, ppm, compound,
         exempt_below_minor, valid_from, valid_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [store.storeId, id, ...valuesOf(rate)],
    );
    const target = { kind: 'tax-rate', id };
    store.record({ action: 'tax-rate.created', target, after: { ...rate } });
    return this.get(store, id);
  }

  /** @throws taxes.rate-not-found, http.version-conflict, http.version-mismatch and what `create` throws */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<TaxRateInput>,
    seen: Seen,
  ): Promise<TaxRateView> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const next = { ...before, ...patch };
    await check(store, id, next);
    const changed = await store.execute(
      `UPDATE tax_rates SET country = $4, region = $5, category = $6, name = $7, jurisdiction = $8, ppm = $9,
         compound = $10, exempt_below_minor = $11, valid_from = $12, valid_to = $13, updated_at = now(),
         version = version + 1
       WHERE store_id = $1 AND rate_id = $2 AND version = $3`,
      [store.storeId, id, before.version, ...valuesOf(next)],
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, id);
    const changes = changedFields(plain(before), plain(after));
    store.record({ action: 'tax-rate.updated', target: { kind: 'tax-rate', id }, ...changes });
    return after;
  }

  /** @throws taxes.rate-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const before = plain(await this.get(store, id));
    await store.execute('DELETE FROM tax_rates WHERE store_id = $1 AND rate_id = $2', [
      store.storeId,
      id,
    ]);
    store.record({ action: 'tax-rate.deleted', target: { kind: 'tax-rate', id }, before });
  }
}

type Rate = Omit<TaxRateInput, 'jurisdiction'> & { jurisdiction: string };

/** One rate is written at a time, so that an authority has one for a category and day. */
async function check(store: StoreWriter, id: string, rate: Rate): Promise<void> {
  const { country, region, category, jurisdiction, from, to } = rate;
  if (to !== null && to <= from) {
    const problem = 'A rate ends after it begins';
    throw taxesErrors.error('bad-rate', { problem }, { field: 'to' });
  }
  const [row] = await store.query<{ overlaps: boolean }>(
    `SELECT EXISTS (SELECT FROM tax_rates r WHERE r.store_id = $1 AND r.rate_id <> $2 AND r.country = $3
       AND r.region IS NOT DISTINCT FROM $4 AND r.category = $5 AND r.jurisdiction = $6
       AND daterange(r.valid_from, r.valid_to) && daterange($7, $8)) AS overlaps
     FROM stores s WHERE s.store_id = $1 FOR NO KEY UPDATE`,
    [store.storeId, id, country, region, category, jurisdiction, from, to],
  );
  if (row?.overlaps) throw taxesErrors.error('rate-taken', { jurisdiction }, { field: 'from' });
}

function valuesOf(rate: Rate): unknown[] {
  const {
    country,
    region,
    category,
    name,
    jurisdiction,
    percent,
    compound,
    exemptBelowMinor,
    from,
    to,
  } = rate;
  const ppm = Math.round(percent * 10_000);
  return [country, region, category, name, jurisdiction, ppm, compound, exemptBelowMinor, from, to];
}

function viewOf({ ppm, ...rest }: Row): TaxRateView {
  return { ...rest, percent: ppm / 10_000 };
}

function plain({ id: _i, createdAt: _c, updatedAt: _u, version: _v, ...rest }: TaxRateView) {
  return rest;
}
