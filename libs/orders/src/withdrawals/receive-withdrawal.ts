import { createHash } from 'node:crypto';
import type { Store } from '@libs/stores';
import { newId } from '@libs/kernel';
import type { StoreWriter } from '@platform/database';
import { readLines } from '../orders/order-rows.queries';
import { nextNumber, seriesDefaults } from '../orders/take-number.queries';
import { refuseOver, unitsWanted } from '../orders/units-wanted';
import { WithdrawalReceived } from '../orders.events';
import type { UnitsOfLine } from '../stock/take-units.queries';
import { statementText } from './statement-text';
import { findByKey, readWithdrawal, type WithdrawalView } from './withdrawal-rows.queries';

/** A statement as its form sends it. */
export interface Statement {
  /** Of the form: the same key makes no second withdrawal. */
  key: string;
  /** The order whose page the form was opened from; null when it is only named. */
  orderId: string | null;
  name: string;
  /** The order as it is named. */
  reference: string;
  /** Where the receipt goes. */
  email: string;
  /** Units of that order; null for everything. */
  lines: readonly UnitsOfLine[] | null;
  /** Goods in the consumer's own words; null for everything. */
  goods: string | null;
  locale: string;
  /** When the first step was sent. */
  submittedAt: Date;
  ipHash: string | null;
  /** Which version of the page was shown. */
  pageVersion: string;
}

/**
 * Takes a statement in, whether or not there is such an order: what it means for one is found out afterwards, so that
 * neither the page nor its speed tells who bought what. The number is taken by the last statement.
 * @throws orders.line-not-found, orders.line-twice, orders.too-many-units for lines that the order does not have
 */
export async function receiveWithdrawal(
  store: StoreWriter,
  shop: Store,
  statement: Statement,
): Promise<WithdrawalView> {
  // Two clicks at once: the second one waits and finds what the first one made.
  await store.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `withdrawal ${store.storeId} ${statement.key}`,
  ]);
  const before = await findByKey(store, statement.key);
  if (before) return before;
  const [clock] = await store.query<{ now: Date }>('SELECT now() AS now');
  const declaredAt = clock?.now ?? new Date();
  const parts = { ...statement, store: shop, timeZone: shop.timeZone, declaredAt };
  const text = statementText(
    { ...parts, goods: await goodsOf(store, statement) },
    statement.locale,
  );
  const id = newId();
  store.publish(WithdrawalReceived, { withdrawalId: id });
  await insert(store, { id, text, statement });
  return readWithdrawal(store, id);
}

async function goodsOf(
  store: StoreWriter,
  { orderId, lines, goods }: Statement,
): Promise<string[]> {
  if (orderId === null || lines === null) return goods === null ? [] : [goods];
  const wanted = unitsWanted(await readLines(store, orderId), lines);
  refuseOver(wanted, ({ quantity }) => quantity);
  return wanted.map(({ line, quantity }) => {
    const variant = line.variantTitle === null ? '' : `, ${line.variantTitle}`;
    return `${quantity} × ${line.title}${variant}`;
  });
}

async function insert(
  store: StoreWriter,
  { id, text, statement }: { id: string; text: string; statement: Statement },
): Promise<void> {
  const { prefix, shownFrom } = seriesDefaults.withdrawal;
  await store.execute(
    `WITH n AS (${nextNumber})
     INSERT INTO withdrawals (store_id, withdrawal_id, request_key, order_id, stated_name, stated_reference, email, lines,
       stated_goods, statement_text, locale, ip_hash, page_version, submitted_at, receipt_hash, name)
     SELECT $1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, n.name FROM n`,
    [
      store.storeId,
      'withdrawal',
      prefix,
      shownFrom,
      id,
      statement.key,
      statement.orderId,
      statement.name,
      statement.reference,
      statement.email,
      statement.lines && JSON.stringify(statement.lines),
      statement.goods,
      text,
      statement.locale,
      statement.ipHash,
      statement.pageVersion,
      statement.submittedAt,
      createHash('sha256').update(text).digest('hex'),
    ],
  );
}
