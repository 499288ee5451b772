import type { PickupPoint, ShippingRate, ShippingSettings, ShippingZone } from '../contract';
import type { Delivery } from '../quote';
import { localTime, promisedDates } from './promise';

/** A way in which a cart can reach the shopper. */
export interface DeliveryOption {
  /** What the checkout remembers: a rate's id, or `pickup:<location id>`. */
  rateId: string;
  kind: 'shipping' | 'pickup';
  title: string;
  description: string | null;
  carrier: string | null;
  /** Minor units before discounts on shipping. */
  priceMinor: number;
  prices: Delivery['prices'];
  /** First and last day of the promise, `YYYY-MM-DD`; null where none is made. */
  promised: { from: string; to: string } | null;
  pickup: {
    locationId: string;
    address: PickupPoint['address'];
    instructions: string | null;
  } | null;
}

/** What decides how a cart can be delivered. Prices are minor units of the store's currency. */
export interface DeliveryQuestion {
  zones: readonly Pick<ShippingZone, 'name' | 'countries' | 'restOfWorld' | 'rates'>[];
  pickups: readonly PickupPoint[];
  /** What rate services offer for this question. */
  live?: readonly DeliveryOption[];
  settings: Pick<ShippingSettings, 'thresholds' | 'handling' | 'cutoff'>;
  timeZone: string;
  /** Null while the shopper has not said where to: only pickup is known. */
  destination: { country: string; province: string | null } | null;
  /** Of what must be sent. */
  grams: number;
  items: number;
  /** The cart's value that rates look at, in minor units. */
  subtotalMinor: number;
  now: number;
}

/** Every way to deliver: rates of the zone in the merchant's order, those of services, then pickup. */
export function deliveryOptions(question: DeliveryQuestion): DeliveryOption[] {
  const { destination, zones, pickups, live = [] } = question;
  const zone = destination === null ? undefined : zoneOf(zones, destination);
  const rates = (zone?.rates ?? []).filter((rate) => isOffered(rate, question));
  return [
    ...rates.map((rate) => rateOption(rate, question)),
    ...live,
    ...pickups.filter(({ enabled }) => enabled).map((point) => pickupOption(point, question)),
  ];
}

/** The zone of a place: the one that names its province, else its country, else the rest of the world. */
export function zoneOf<Zone extends Pick<ShippingZone, 'countries' | 'restOfWorld'>>(
  zones: readonly Zone[],
  { country, province }: { country: string; province: string | null },
): Zone | undefined {
  const naming = (whole: boolean) =>
    zones.find(({ countries }) =>
      countries.some(
        (place) =>
          place.country === country &&
          (whole
            ? place.provinces === null
            : province !== null && place.provinces?.includes(province) === true),
      ),
    );
  return naming(false) ?? naming(true) ?? zones.find(({ restOfWorld }) => restOfWorld);
}

/** What a rate looks at. */
function measureOf(by: ShippingRate['by'], question: DeliveryQuestion): number {
  if (by === 'weight') return question.grams;
  if (by === 'items') return question.items;
  return by === 'price' ? question.subtotalMinor : 0;
}

function isOffered({ by, steps, below }: ShippingRate, question: DeliveryQuestion): boolean {
  const measure = measureOf(by, question);
  return measure >= (steps[0]?.from ?? 0) && (below === null || measure < below);
}

/**
 * A rate's prices by the subtotal. A rate by price has its own steps, the first of them from 0 on: whether it is offered
 * is decided elsewhere; any other has the price of its step, and 0 where it is free.
 */
export function pricesOf(rate: ShippingRate, question: DeliveryQuestion): Delivery['prices'] {
  const { by, steps, freeFromMinor } = rate;
  const measure = measureOf(by, question);
  const reached = steps.findLast(({ from }) => measure >= from) ?? steps[0];
  const paid =
    by === 'price'
      ? steps.map(({ from, priceMinor }, at) => ({ fromMinor: at === 0 ? 0 : from, priceMinor }))
      : [{ fromMinor: 0, priceMinor: reached?.priceMinor ?? 0 }];
  if (freeFromMinor === null) return paid;
  return [
    ...paid.filter(({ fromMinor }) => fromMinor < freeFromMinor),
    { fromMinor: freeFromMinor, priceMinor: 0 },
  ];
}

function rateOption(rate: ShippingRate, question: DeliveryQuestion): DeliveryOption {
  const { settings, timeZone, now, subtotalMinor } = question;
  const prices = pricesOf(rate, question);
  const terms = { handling: settings.handling, cutoff: settings.cutoff, timeZone };
  return {
    rateId: rate.id,
    kind: 'shipping',
    title: rate.name,
    description: rate.description,
    carrier: rate.carrier,
    priceMinor: prices.findLast(({ fromMinor }) => subtotalMinor >= fromMinor)?.priceMinor ?? 0,
    prices,
    promised: promisedDates(now, { ...terms, transit: rate.transit }),
    pickup: null,
  };
}

function pickupOption(point: PickupPoint, { now, timeZone }: DeliveryQuestion): DeliveryOption {
  const { locationId, title, instructions, address, priceMinor, readyHours } = point;
  const { day } = localTime(now + readyHours * 3_600_000, timeZone);
  return {
    rateId: `pickup:${locationId}`,
    kind: 'pickup',
    title,
    description: instructions,
    carrier: null,
    priceMinor,
    prices: [{ fromMinor: 0, priceMinor }],
    promised: { from: day, to: day },
    pickup: { locationId, address, instructions },
  };
}
