import type { StoreReader } from '@platform/database';
import type { DiscountRuleInput } from '../contract';

/** A discount as a theme sees it; money in minor units. */
export interface ThemeDiscount {
  title: string;
  /** The code to enter; null where it counts by itself, or has many codes. */
  code: string | null;
  starts_at: string;
  ends_at: string | null;
  /** What it takes off, as the merchant set it: `{percent}`, `{amountMinor}` and the like. */
  value: unknown;
  /** `products`, `order` or `shipping`. */
  applies_to: string;
  /** How often it can still be used; null without a limit. */
  uses_left: number | null;
}

interface Row {
  id: string;
  title: string;
  code: string | null;
  rule: DiscountRuleInput;
  startsAt: Date;
  endsAt: Date | null;
  usesLeft: number | null;
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The discounts of these ids that count now, for settings of the type `discount`, in one statement. */
export async function themeDiscounts(
  store: StoreReader,
  ids: readonly string[],
): Promise<Map<string, ThemeDiscount>> {
  const wanted = ids.filter((id) => idPattern.test(id));
  if (wanted.length === 0) return new Map();
  const rows = await store.query<Row>(
    `SELECT d.discount_id AS id, d.title, d.rule, coalesce(d.starts_at, d.created_at) AS "startsAt", d.ends_at AS "endsAt",
       greatest(0, d.usage_limit - d.taken)::int AS "usesLeft",
       (SELECT CASE WHEN count(*) = 1 THEN min(c.code) END FROM discount_codes c
        WHERE c.store_id = d.store_id AND c.discount_id = d.discount_id) AS code
     FROM discounts d WHERE d.store_id = $1 AND d.discount_id = ANY ($2::uuid[]) AND d.enabled
       AND (d.starts_at IS NULL OR d.starts_at <= now()) AND (d.ends_at IS NULL OR d.ends_at > now())
       AND (d.usage_limit IS NULL OR d.usage_limit > d.taken)`,
    [store.storeId, wanted],
  );
  return new Map(rows.map((row) => [row.id, viewOf(row)]));
}

function viewOf({ title, code, rule, startsAt, endsAt, usesLeft }: Row): ThemeDiscount {
  return {
    title,
    code,
    starts_at: startsAt.toISOString(),
    ends_at: endsAt?.toISOString() ?? null,
    value: valueOf(rule),
    applies_to: appliesTo(rule),
    uses_left: usesLeft,
  };
}

function valueOf(rule: DiscountRuleInput): unknown {
  if (rule.kind === 'tiered') return rule.tiers;
  return rule.kind === 'buy_x_get_y' ? rule.get.benefit : rule.benefit;
}

function appliesTo(rule: DiscountRuleInput): string {
  if (rule.kind === 'shipping') return 'shipping';
  const onOrder = (rule.kind === 'amount_off' || rule.kind === 'tiered') && rule.on === 'order';
  return onOrder ? 'order' : 'products';
}
