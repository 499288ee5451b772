/** A carrier: what its numbers look like and where they are followed. */
interface Carrier {
  name: string;
  /** Numbers that only this carrier gives, without spaces and in capitals. */
  pattern: RegExp;
  /** Address of the carrier's own page; `{number}` is filled in. */
  url: string;
}

/**
 * By what a number looks like, the most particular first. UPU S10 numbers (two letters, nine digits, country) tell the
 * country's post; bare digits are told only where length and beginning leave no doubt.
 */
const carriers: readonly Carrier[] = [
  {
    name: 'UPS',
    pattern: /^1Z[0-9A-Z]{16}$/,
    url: 'https://www.ups.com/track?tracknum={number}',
  },
  {
    name: 'Amazon Logistics',
    pattern: /^TB[ACM]\d{12}$/,
    url: 'https://track.amazon.com/tracking/{number}',
  },
  {
    name: 'DHL',
    pattern: /^(JJD|JVGL|JD)\d{11,20}$|^00340434\d{12}$/,
    url: 'https://www.dhl.com/en/home/tracking.html?tracking-id={number}',
  },
  {
    name: 'Deutsche Post',
    pattern: /^[A-Z]{2}\d{9}DE$/,
    url: 'https://www.deutschepost.de/de/s/sendungsverfolgung.html?piececode={number}',
  },
  {
    name: 'Royal Mail',
    pattern: /^[A-Z]{2}\d{9}GB$/,
    url: 'https://www.royalmail.com/track-your-item#/tracking-results/{number}',
  },
  {
    name: 'La Poste',
    pattern: /^[A-Z]{2}\d{9}FR$|^\d[A-Z]\d{11}$/,
    url: 'https://www.laposte.fr/outils/suivre-vos-envois?code={number}',
  },
  {
    name: 'China Post',
    pattern: /^[A-Z]{2}\d{9}CN$/,
    url: 'https://t.17track.net/en#nums={number}',
  },
  {
    name: 'USPS',
    pattern: /^(9[1-5]\d{20}|420\d{5}9[1-5]\d{20}|[A-Z]{2}\d{9}US)$/,
    url: 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}',
  },
  {
    name: 'SF Express',
    pattern: /^SF\d{12,13}$/,
    url: 'https://www.sf-express.com/we/ow/chn/en/waybill/waybill-detail/{number}',
  },
  {
    name: 'Cainiao',
    pattern: /^(LP|CNG|YT)\d{14,18}$/,
    url: 'https://global.cainiao.com/newDetail.htm?mailNoList={number}',
  },
  {
    name: 'DPD',
    pattern: /^0\d{13}[0-9A-Z]?$/,
    url: 'https://tracking.dpd.de/status/en_US/parcel/{number}',
  },
  {
    name: 'GLS',
    pattern: /^(?=.*[A-Z])(?=.*\d)[0-9A-Z]{8}$/,
    url: 'https://gls-group.com/EU/en/parcel-tracking?match={number}',
  },
  {
    name: 'FedEx',
    pattern: /^(\d{12}|\d{15}|96\d{20})$/,
    url: 'https://www.fedex.com/fedextrack/?trknbr={number}',
  },
];

/** Names of carriers whose tracking addresses are known. */
export const carrierNames: readonly string[] = carriers.map(({ name }) => name);

/** How a parcel is followed. */
export interface Tracking {
  number: string | null;
  carrier: string | null;
  url: string | null;
}

/**
 * Completes what staff say of a parcel: the carrier by what the number looks like, the address by the carrier. What they
 * say themselves counts; a carrier that is not known has no address.
 */
export function completeTracking(said: Partial<Tracking>): Tracking {
  const number = said.number?.replace(/[\s-]/g, '').toUpperCase() || null;
  if (number === null) return { number, carrier: said.carrier ?? null, url: said.url ?? null };
  const known = said.carrier
    ? carriers.find(({ name }) => name.toLowerCase() === said.carrier?.toLowerCase())
    : carriers.find(({ pattern }) => pattern.test(number));
  return {
    number,
    carrier: known?.name ?? said.carrier ?? null,
    url: said.url ?? known?.url.replace('{number}', encodeURIComponent(number)) ?? null,
  };
}
