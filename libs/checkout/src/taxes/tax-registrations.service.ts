import { Injectable } from '@nestjs/common';
import { decimalOfRate, memberStates, newId, rateOfDecimal } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import type { TaxRegistrationInput, TaxRegistrationView } from '../contract';
import type { Seen } from '../discounts/discounts.service';
import { builtInRates } from './built-in-rates';
import { taxesErrors } from './taxes.errors';

type Row = Omit<TaxRegistrationView, 'exchangeRate'> & { rate1e10: number | null };

const columns = `registration_id AS id, scheme, country, region, number, rate_1e10 AS "rate1e10",
  valid_from::text AS "from", valid_to::text AS "to", created_at AS "createdAt",
  updated_at AS "updatedAt", version`;

/** What import schemes count in. */
const schemeCurrency: Partial<Record<TaxRegistrationInput['scheme'], string>> = {
  ioss: 'EUR',
  uk_import: 'GBP',
};

/** Where and under which schemes a store collects taxes. */
@Injectable()
export class TaxRegistrations {
  /** By country. */
  async list(store: StoreReader): Promise<TaxRegistrationView[]> {
    const rows = await store.query<Row>(
      `SELECT ${columns} FROM tax_registrations WHERE store_id = $1
       ORDER BY country, scheme, valid_from, registration_id LIMIT 1000`,
      [store.storeId],
    );
    return rows.map(viewOf);
  }

  /** @throws taxes.registration-not-found */
  async get(store: StoreReader, id: string): Promise<TaxRegistrationView> {
    const [found] = await store.query<Row>(
      `SELECT ${columns} FROM tax_registrations WHERE store_id = $1 AND registration_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw taxesErrors.error('registration-not-found');
    return viewOf(found);
  }

  /** @throws taxes.bad-registration, taxes.no-rates, taxes.registration-taken */
  async create(store: StoreWriter, input: TaxRegistrationInput): Promise<TaxRegistrationView> {
    const id = newId();
    await check(store, id, input);
    const { scheme, country, region, number, exchangeRate, from, to } = input;
    await store.execute(
      `INSERT INTO tax_registrations (store_id, registration_id, scheme, country, region, number, rate_1e10,
         valid_from, valid_to)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [store.storeId, id, scheme, country, region, number, stored(exchangeRate), from, to],
    );
    const target = { kind: 'tax-registration', id };
    store.record({ action: 'tax-registration.created', target, after: { ...input } });
    return this.get(store, id);
  }

  /** @throws taxes.registration-not-found, http.version-conflict, http.version-mismatch and what `create` throws */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<TaxRegistrationInput>,
    seen: Seen,
  ): Promise<TaxRegistrationView> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const next = { ...before, ...patch };
    await check(store, id, next);
    const { scheme, country, region, number, exchangeRate, from, to } = next;
    const changed = await store.execute(
      `UPDATE tax_registrations SET scheme = $4, country = $5, region = $6, number = $7, rate_1e10 = $8,
         valid_from = $9, valid_to = $10, updated_at = now(), version = version + 1
       WHERE store_id = $1 AND registration_id = $2 AND version = $3`,
      [
        store.storeId,
        id,
        before.version,
        scheme,
        country,
        region,
        number,
        stored(exchangeRate),
        from,
        to,
      ],
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, id);
    const target = { kind: 'tax-registration', id };
    const changes = changedFields(plain(before), plain(after));
    store.record({ action: 'tax-registration.updated', target, ...changes });
    return after;
  }

  /** @throws taxes.registration-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const before = plain(await this.get(store, id));
    await store.execute(
      'DELETE FROM tax_registrations WHERE store_id = $1 AND registration_id = $2',
      [store.storeId, id],
    );
    const target = { kind: 'tax-registration', id };
    store.record({ action: 'tax-registration.deleted', target, before });
  }
}

/** One registration is written at a time, so that none overlaps another. */
async function check(store: StoreWriter, id: string, input: TaxRegistrationInput): Promise<void> {
  const { scheme, country, region, from, to, exchangeRate } = input;
  if (to !== null && to <= from) refuse('to', 'A registration ends after it begins');
  if (['oss', 'ioss'].includes(scheme) && !memberStates.includes(country)) {
    refuse('country', 'The scheme is of a member state of the European Union');
  }
  if (scheme === 'uk_import' && country !== 'GB') refuse('country', 'The scheme is of GB');
  if (scheme !== 'local' && region !== null) refuse('region', 'The scheme is of a whole country');
  const [row] = await store.query<{ currency: string; overlaps: boolean; rated: boolean }>(
    `SELECT s.currency,
       EXISTS (SELECT FROM tax_registrations r WHERE r.store_id = $1 AND r.registration_id <> $2
         AND r.scheme = $3 AND (r.country = $4 OR $3 IN ('oss', 'ioss')) AND r.region IS NOT DISTINCT FROM $5
         AND daterange(r.valid_from, r.valid_to) && daterange($6, $7)) AS overlaps,
       EXISTS (SELECT FROM tax_rates t WHERE t.store_id = $1 AND t.country = $4
         AND (t.region IS NULL OR t.region = $5)) AS rated
     FROM stores s WHERE s.store_id = $1 FOR NO KEY UPDATE`,
    [store.storeId, id, scheme, country, region, from, to],
  );
  if (row?.overlaps) throw taxesErrors.error('registration-taken', {}, { field: 'from' });
  const needed = schemeCurrency[scheme];
  if (needed !== undefined && needed !== row?.currency && exchangeRate === null) {
    refuse(
      'exchangeRate',
      `The limit is in ${needed}: say what one unit of your currency is in it`,
    );
  }
  const known = row?.rated === true || builtInRates.some((rate) => rate.country === country);
  if (!known) {
    const place = region === null ? country : `${country}-${region}`;
    throw taxesErrors.error('no-rates', { place }, { field: 'country' });
  }
}

function refuse(field: string, problem: string): never {
  throw taxesErrors.error('bad-registration', { problem }, { field });
}

function viewOf({ rate1e10, ...rest }: Row): TaxRegistrationView {
  return { ...rest, exchangeRate: rate1e10 === null ? null : decimalOfRate(rate1e10) };
}

function plain({ scheme, country, region, number, exchangeRate, from, to }: TaxRegistrationView) {
  return { scheme, country, region, number, exchangeRate, from, to };
}

function stored(exchangeRate: string | null): number | null {
  return exchangeRate === null ? null : rateOfDecimal(exchangeRate);
}
