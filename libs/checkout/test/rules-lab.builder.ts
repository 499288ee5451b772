import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import type { Lab } from '@testing';
import {
  discountInput,
  type DiscountView,
  pickupPointInput,
  rateServiceInput,
  shippingZoneInput,
  taxRateInput,
  taxRegistrationInput,
  taxServiceInput,
} from '../src/contract';
import { StoreDiscountHolds } from '../src/discounts/discount-holds.service';
import { Discounts } from '../src/discounts/discounts.service';
import { writeSettings } from '../src/settings-row';
import { PickupPoints } from '../src/shipping/pickup-points.service';
import { defaultShippingSettings } from '../src/shipping/shipping-settings';
import { rateKind, taxKind } from '../src/asking/service-kind';
import { keepAnswer } from '../src/asking/answer-rows.queries';
import { RateServices } from '../src/shipping/rate-services/rate-services.service';
import { ShippingZones } from '../src/shipping/shipping-zones.service';
import { TaxRates } from '../src/taxes/tax-rates.service';
import { TaxRegistrations } from '../src/taxes/tax-registrations.service';
import { TaxServices } from '../src/taxes/tax-services/tax-services.service';
import { defaultTaxSettings } from '../src/taxes/tax-settings';

type Bench = Pick<Lab, 'db' | 'get'>;

/** A discount as a merchant writes it; ten percent off the order by code unless said otherwise. */
export function makeDiscount(
  lab: Bench,
  storeId: string,
  more: Record<string, unknown> = {},
): Promise<DiscountView> {
  const input = discountInput.parse({
    title: 'Ten percent',
    method: more['code'] === undefined ? 'automatic' : 'code',
    rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
    ...more,
  });
  return lab.db.write(storeId, (store) => lab.get(Discounts).create(store, input));
}

/** A zone as a merchant writes it; Germany at 4.90 unless said otherwise. */
export function makeZone(lab: Bench, storeId: string, more: Record<string, unknown> = {}) {
  const input = shippingZoneInput.parse({
    name: 'Germany',
    countries: [{ country: 'DE' }],
    rates: [{ name: 'Parcel', by: 'flat', steps: [{ from: 0, priceMinor: 490 }] }],
    ...more,
  });
  return lab.db.write(storeId, (store) => lab.get(ShippingZones).create(store, input));
}

/** A registration as a merchant writes it; Germany, always, unless said otherwise. */
export function register(lab: Bench, storeId: string, more: Record<string, unknown> = {}) {
  const input = taxRegistrationInput.parse({
    scheme: 'local',
    country: 'DE',
    number: 'DE123456789',
    from: '2020-01-01',
    ...more,
  });
  return lab.db.write(storeId, (store) => lab.get(TaxRegistrations).create(store, input));
}

/** A service as a merchant writes it: asked at an address where nobody answers, unless said otherwise. */
export function makeRateService(lab: Bench, storeId: string, more: Record<string, unknown> = {}) {
  const input = rateServiceInput.parse({
    name: 'Courier',
    address: 'http://127.0.0.1:9/rates',
    origin: { country: 'DE', zip: '10119', city: 'Berlin' },
    fallbackRates: [{ code: 'standard', name: 'Standard', priceMinor: 900 }],
    ...more,
  });
  return lab.db.write(storeId, (store) => lab.get(RateServices).create(store, input));
}

/** A service as a merchant writes it: asked for Germany, at an address where nobody answers, unless said otherwise. */
export function makeTaxService(lab: Bench, storeId: string, more: Record<string, unknown> = {}) {
  const input = taxServiceInput.parse({
    name: 'Levy',
    address: 'http://127.0.0.1:9/taxes',
    countries: ['DE'],
    ...more,
  });
  return lab.db.write(storeId, (store) => lab.get(TaxServices).create(store, input));
}

/** At least one row of every table of the merchant's rules. @param variantId of the store */
export async function seedRules(lab: Bench, storeId: string, variantId: string): Promise<void> {
  const sale = await makeDiscount(lab, storeId, {
    code: 'FLASH',
    rule: { kind: 'flash_sale', benefit: { percent: 50 }, units: [{ variantId, quantity: 5 }] },
  });
  await makeZone(lab, storeId);
  await register(lab, storeId);
  const seen = {};
  const write = (work: (store: StoreWriter) => Promise<unknown>) => lab.db.write(storeId, work);
  await write((store) =>
    lab.get(StoreDiscountHolds).holdUses(store, newId(), {
      uses: [{ discountId: sale.id, codeKey: 'FLASH', units: { [variantId]: 1 } }],
      contact: 'ada@example.test',
    }),
  );
  await makePickupPoint(lab, storeId);
  const { id: serviceId } = await makeRateService(lab, storeId);
  await write((store) => keepAnswer(store, { kind: rateKind, serviceId, hash: 'hash' }, []));
  const { id: taxServiceId } = await makeTaxService(lab, storeId, { countries: ['US'] });
  const taxed = { kind: taxKind, serviceId: taxServiceId, hash: 'hash' };
  await write((store) => keepAnswer(store, taxed, { lines: [], shipping: null }));
  const rate = { country: 'DE', category: 'tea', name: 'VAT', percent: 7, from: '2026-01-01' };
  await write((store) => lab.get(TaxRates).create(store, taxRateInput.parse(rate)));
  const shipping = { defaults: defaultShippingSettings, patch: {}, seen };
  await write((store) => writeSettings(store, 'shipping_settings', shipping));
  const taxes = { defaults: defaultTaxSettings('DE'), patch: {}, seen };
  await write((store) => writeSettings(store, 'tax_settings', taxes));
}

/** A workshop in Berlin where shoppers fetch things. @returns its location's id */
export async function makePickupPoint(lab: Bench, storeId: string): Promise<string> {
  const locationId = newId();
  const point = pickupPointInput.parse({
    title: 'Workshop',
    address: { address1: 'Kiln Lane 1', city: 'Berlin', country: 'DE' },
  });
  await lab.db.write(storeId, async (store) => {
    await store.execute('INSERT INTO locations (store_id, location_id, name) VALUES ($1, $2, $3)', [
      storeId,
      locationId,
      'Workshop',
    ]);
    await lab.get(PickupPoints).put(store, locationId, point, {});
  });
  return locationId;
}
