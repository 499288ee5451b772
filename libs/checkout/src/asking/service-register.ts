import { type AppError, newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { Config } from '@platform/config';
import type { StoreReader, StoreWriter } from '@platform/database';
import { receiverAddress } from '@platform/fetch';
import { checkVersion } from '@platform/http';
import type { SigningSecrets } from '@platform/secrets';
import type { AskedServiceInput, AskedServiceView } from '../contract';
import type { Seen } from '../discounts/discounts.service';
import type { ServiceKind } from './service-kind';

/** Services of one kind in a store: a question is asked of all that it concerns at the same time. */
const mostServices = 5;

/** What a kind of services has beside its name, its address and its countries. */
export interface RegisterTerms {
  kind: ServiceKind;
  /** Fields that no other kind has, kept as JSON, by the column of each. */
  own: Readonly<Record<string, string>>;
  errors: {
    missing: () => AppError;
    address: (reason: string) => AppError;
    tooMany: (limit: number) => AppError;
  };
}

type Input = AskedServiceInput & Record<string, unknown>;
type Health = AskedServiceView['health'];
type Row<View> = Omit<View, 'health'> & Omit<Health, 'state'>;

/** The services of one kind that a store has registered. */
export abstract class ServiceRegister<
  Wish extends AskedServiceInput,
  View extends Wish & AskedServiceView,
> {
  constructor(
    private readonly terms: RegisterTerms,
    private readonly config: Config,
    private readonly secrets: SigningSecrets,
  ) {}

  /** Refuses what the kind does not take. Whoever adds a service holds the store, so that two do not make one too many. */
  protected async check(store: StoreWriter, _wish: Partial<Wish>): Promise<void> {
    await store.query('SELECT FROM stores WHERE store_id = $1 FOR NO KEY UPDATE', [store.storeId]);
  }

  /** Oldest first; there are few. */
  async list(store: StoreReader): Promise<View[]> {
    const rows = await store.query<Row<View>>(
      `SELECT ${this.columns} FROM ${this.table} WHERE store_id = $1 ORDER BY service_id`,
      [store.storeId],
    );
    return rows.map((row) => viewOf<View>(row));
  }

  /** @throws what the kind says of one that is missing */
  async get(store: StoreReader, id: string): Promise<View> {
    const [row] = await store.query<Row<View>>(
      `SELECT ${this.columns} FROM ${this.table} WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id],
    );
    if (!row) throw this.terms.errors.missing();
    return viewOf<View>(row);
  }

  /**
   * Adds a service. Its secret is in this answer and in no other.
   * @throws what the kind says of an address, of too many, and what `check` refuses
   */
  async create(store: StoreWriter, input: Wish): Promise<View & { secret: string }> {
    const wish = { ...input, address: this.checkAddress(input.address) };
    await this.check(store, wish);
    if ((await this.list(store)).length >= mostServices)
      throw this.terms.errors.tooMany(mostServices);
    const id = newId();
    const { signed } = this.terms.kind;
    const { secret, sealed } = this.secrets.make(signed, { storeId: store.storeId, rowId: id });
    const values = [...this.valuesOf(wish), sealed];
    const places = values.map((_, at) => `$${at + 3}`).join(', ');
    await store.execute(
      `INSERT INTO ${this.table} (store_id, service_id, ${this.written.join(', ')}, sealed_secret)
       VALUES ($1, $2, ${places})`,
      [store.storeId, id, ...values],
    );
    store.record({
      action: `${this.target}.created`,
      target: this.targetOf(id),
      after: this.plain(wish),
    });
    return { ...(await this.get(store, id)), secret };
  }

  /**
   * Changes a service. What it answered before counts no more, and it is tried again at once.
   * @throws what `get` and `create` throw, http.version-conflict
   */
  async update(store: StoreWriter, id: string, patch: Partial<Wish>, seen: Seen): Promise<View> {
    const before = await this.lock(store, id, seen);
    const { address } = patch;
    const checked = address === undefined ? {} : { address: this.checkAddress(address) };
    const next = { ...before, ...patch, ...checked };
    await this.check(store, patch);
    const changes = this.written.map((column, at) => `${column} = $${at + 3}`).join(', ');
    await store.execute(
      `UPDATE ${this.table} SET ${changes}, failures = 0, resting_until = NULL, updated_at = now(),
         version = version + 1
       WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id, ...this.valuesOf(next)],
    );
    await store.execute(
      `DELETE FROM ${this.terms.kind.answers} WHERE store_id = $1 AND service_id = $2`,
      [store.storeId, id],
    );
    const after = await this.get(store, id);
    store.record({
      action: `${this.target}.updated`,
      target: this.targetOf(id),
      ...changedFields(this.plain(before), this.plain(after)),
    });
    return after;
  }

  /** @throws what `get` throws, http.version-conflict */
  async delete(store: StoreWriter, id: string, seen: Seen): Promise<void> {
    const { name } = await this.lock(store, id, seen);
    await store.execute(`DELETE FROM ${this.table} WHERE store_id = $1 AND service_id = $2`, [
      store.storeId,
      id,
    ]);
    store.record({
      action: `${this.target}.deleted`,
      target: this.targetOf(id),
      before: { name },
    });
  }

  /**
   * Gives a service a new secret, shown in this answer only; the one before it signs as well for a while.
   * @throws what `get` throws
   */
  async rotateSecret(
    store: StoreWriter,
    id: string,
    overlapHours: number,
  ): Promise<View & { secret: string }> {
    await this.lock(store, id, {});
    const { signed } = this.terms.kind;
    const secret = await this.secrets.rotate(store, signed, { rowId: id, overlapHours });
    store.record({ action: `${this.target}.secret-rotated`, target: this.targetOf(id) });
    return { ...(await this.get(store, id)), secret };
  }

  private get table(): string {
    return this.terms.kind.signed.table;
  }

  private get target(): string {
    return `${this.terms.kind.name}-service`;
  }

  private targetOf(id: string) {
    return { kind: this.target, id };
  }

  private get written(): string[] {
    return ['name', 'address', 'active', 'countries', ...Object.values(this.terms.own)];
  }

  private get columns(): string {
    const own = Object.entries(this.terms.own).map(([field, column]) => `${column} AS "${field}"`);
    return `service_id AS id, name, address, active, countries, ${[...own, ''].join(', ')}
      CASE WHEN previous_until > now() THEN previous_until END AS "previousSecretUntil",
      created_at AS "createdAt", updated_at AS "updatedAt", version, failures,
      CASE WHEN resting_until > now() THEN resting_until END AS "restingUntil",
      last_success_at AS "lastSuccessAt", last_failure_at AS "lastFailureAt", last_failure AS "lastFailure"`;
  }

  private valuesOf(wish: Wish): unknown[] {
    const { name, address, active, countries } = wish;
    const own = Object.keys(this.terms.own).map((field) => JSON.stringify((wish as Input)[field]));
    return [name, address, active, countries, ...own];
  }

  private plain(wish: Wish): Record<string, unknown> {
    const { name, address, active, countries } = wish;
    const own = Object.keys(this.terms.own).map((field) => [field, (wish as Input)[field]]);
    return { name, address, active, countries, ...Object.fromEntries(own) };
  }

  private checkAddress(text: string): string {
    const checked = receiverAddress(text, this.config.fetch.allowPrivate);
    if ('address' in checked) return checked.address;
    throw this.terms.errors.address(checked.fault);
  }

  private async lock(store: StoreWriter, id: string, seen: Seen): Promise<View> {
    const sql = `SELECT FROM ${this.table} WHERE store_id = $1 AND service_id = $2 FOR UPDATE`;
    await store.query(sql, [store.storeId, id]);
    const found = await this.get(store, id);
    checkVersion(found.version, seen);
    return found;
  }
}

function viewOf<View extends AskedServiceView>(row: Row<View>): View {
  const { failures, restingUntil, lastSuccessAt, lastFailureAt, lastFailure, ...service } = row;
  const known = lastSuccessAt === null && lastFailureAt === null ? 'unknown' : 'good';
  const state = restingUntil !== null ? 'resting' : failures > 0 ? 'failing' : known;
  const health = { state, failures, restingUntil, lastSuccessAt, lastFailureAt, lastFailure };
  return { ...service, health } as unknown as View;
}
