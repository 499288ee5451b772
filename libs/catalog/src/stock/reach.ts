/** Where something goes, as far as it decides which locations serve it; what is not known leaves none of them out. */
export interface Reach {
  /** ISO 3166-1 alpha-2; only locations that deliver there serve what is sent. */
  shipTo?: string | null;
  /** Where the buyer collects: no other location serves it. */
  pickupLocationId?: string;
}

const serves = (location: string): string =>
  `CASE WHEN $4::uuid IS NOT NULL THEN ${location}.location_id = $4
     ELSE $5::text IS NULL OR ${location}.delivers_to IS NULL OR $5 = ANY (${location}.delivers_to)
       OR NOT v.requires_shipping OR p.gift_card END`;

/**
 * The conditions by which a query of variants `v`, of products `p`, leaves out the levels `l` of locations that do not
 * serve the place, as stock is routed. `$1` is the store.
 * @returns the values of `$4` and `$5` with them, none where every location serves
 */
export function limitReach(reach: Reach | null): {
  isServed: string;
  /** Whether no location serves it, so that not even what is sold beyond stock can be had. */
  isOutOfReach: string;
  params: readonly (string | null)[];
} {
  const { shipTo = null, pickupLocationId = null } = reach ?? {};
  if (shipTo === null && pickupLocationId === null)
    return { isServed: 'true', isOutOfReach: 'false', params: [] };
  return {
    isServed: `EXISTS (SELECT FROM locations d WHERE d.store_id = $1 AND d.location_id = l.location_id
      AND ${serves('d')})`,
    // A store that has no location yet is given one, which serves everybody.
    isOutOfReach: `(SELECT NOT bool_or(${serves('d')}) FROM locations d WHERE d.store_id = $1)`,
    params: [pickupLocationId, shipTo],
  };
}
