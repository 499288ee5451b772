import type { StoreReader } from '@platform/database';
import type { PickupPoint, ShippingSettings, ShippingZone, TaxSettings } from '../contract';
import type { RateRow } from '../quote/tax/rate-table';
import { defaultShippingSettings } from '../shipping/shipping-settings';
import type { RateServiceFacts } from '../shipping/rate-services/rate-question';
import type { TaxServiceFacts } from '../taxes/tax-services/tax-question';
import type { RegistrationFacts } from '../taxes/tax-terms';
import { defaultTaxSettings } from '../taxes/tax-settings';

/** What a store has decided about delivery and taxes, and what time it is. */
export interface SellingFacts {
  country: string;
  currency: string;
  locale: string;
  timeZone: string;
  /** By the database's clock, milliseconds since 1970. */
  now: number;
  shipping: Omit<ShippingSettings, 'version'>;
  tax: Omit<TaxSettings, 'version'>;
  zones: Pick<ShippingZone, 'name' | 'countries' | 'restOfWorld' | 'rates'>[];
  pickups: PickupPoint[];
  /** The active ones, oldest first. */
  rateServices: RateServiceFacts[];
  /** The active ones, oldest first. */
  taxServices: TaxServiceFacts[];
  registrations: RegistrationFacts[];
  /** Of the store's own country and the destinations. */
  ownRates: RateRow[];
}

type Row = Omit<SellingFacts, 'shipping' | 'tax'> & {
  shipping: Partial<SellingFacts['shipping']> | null;
  tax: Partial<SellingFacts['tax']> | null;
};

const list = (select: string, rest: string) =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object(${select})), '[]') FROM ${rest})`;

const sql = `SELECT s.country, s.currency, s.locale, s.time_zone AS "timeZone",
    floor(extract(epoch FROM now()) * 1000)::float8 AS now,
    (SELECT settings FROM shipping_settings WHERE store_id = $1) AS shipping,
    (SELECT settings FROM tax_settings WHERE store_id = $1) AS tax,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', z.name, 'countries', z.countries,
       'restOfWorld', z.rest_of_world, 'rates', z.rates) ORDER BY z.zone_id), '[]')
     FROM shipping_zones z WHERE z.store_id = $1) AS zones,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('locationId', p.location_id, 'enabled', p.enabled,
       'title', p.title, 'address', p.address, 'instructions', p.instructions, 'readyHours', p.ready_hours,
       'priceMinor', p.price_minor) ORDER BY p.title, p.location_id), '[]')
     FROM pickup_points p WHERE p.store_id = $1) AS pickups,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('serviceId', v.service_id, 'name', v.name,
       'countries', v.countries, 'origin', v.origin, 'fallbackRates', v.fallback_rates,
       'resting', coalesce(v.resting_until > now(), false)) ORDER BY v.service_id), '[]')
     FROM rate_services v WHERE v.store_id = $1 AND v.active) AS "rateServices",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('serviceId', x.service_id, 'name', x.name,
       'countries', x.countries, 'resting', coalesce(x.resting_until > now(), false)) ORDER BY x.service_id), '[]')
     FROM tax_services x WHERE x.store_id = $1 AND x.active) AS "taxServices",
    ${list(
      `'scheme', r.scheme, 'country', r.country, 'region', r.region, 'number', r.number,
       'rate1e10', r.rate_1e10, 'from', r.valid_from::text, 'to', r.valid_to::text`,
      'tax_registrations r WHERE r.store_id = $1',
    )} AS registrations,
    (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', t.name,
         'jurisdiction', t.jurisdiction, 'ppm', t.ppm, 'country', t.country, 'category', t.category,
         'compound', nullif(t.compound, false), 'exemptBelowMinor', t.exempt_below_minor,
         'from', t.valid_from::text))
         || jsonb_build_object('region', t.region, 'to', t.valid_to::text) ORDER BY t.rate_id), '[]')
     FROM tax_rates t WHERE t.store_id = $1) AS "ownRates"
  FROM stores s WHERE s.store_id = $1`;

/** Reads them in one statement. @throws Error when the store is gone */
export async function readSellingFacts(store: StoreReader): Promise<SellingFacts> {
  const [row] = await store.query<Row>(sql, [store.storeId]);
  if (!row) throw new Error('The store is not there.');
  return {
    ...row,
    shipping: { ...defaultShippingSettings, ...row.shipping },
    tax: { ...defaultTaxSettings(row.country), ...row.tax },
  };
}
