import type {
  EntityManager,
  EntityTarget,
  FindManyOptions,
  FindOptionsWhere,
  ObjectLiteral,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

type Where<E> = FindOptionsWhere<Omit<E, 'storeId'>>;
type FindOptions<E> = Pick<FindManyOptions<E>, 'order' | 'take' | 'skip' | 'select'>;

/** The rows of one store in one table: `storeId` is added to every condition, in case a row policy were missing. */
export class StoreRows<E extends ObjectLiteral> {
  constructor(
    protected readonly manager: EntityManager,
    protected readonly entity: EntityTarget<E>,
    protected readonly storeId: string,
  ) {}

  /** The rows that match, in no order unless one is given. */
  find(where: Where<E> = {}, options: FindOptions<E> = {}): Promise<E[]> {
    return this.manager.find(this.entity, { ...options, where: this.own(where) });
  }

  /** The row that matches, or null. */
  findOne(where: Where<E>): Promise<E | null> {
    return this.manager.findOne(this.entity, { where: this.own(where) });
  }

  /** How many rows match. */
  count(where: Where<E> = {}): Promise<number> {
    return this.manager.count(this.entity, { where: this.own(where) });
  }

  protected own(where: Where<E>): FindOptionsWhere<E> {
    return { ...where, storeId: this.storeId };
  }
}

/** The same rows with the right to change them. */
export class WritableStoreRows<E extends ObjectLiteral> extends StoreRows<E> {
  /** Inserts rows; their `storeId` is set here whatever they say. */
  async insert(rows: Omit<E, 'storeId'> | Omit<E, 'storeId'>[]): Promise<void> {
    const list = Array.isArray(rows) ? rows : [rows];
    if (list.length === 0) return;
    const own = list.map((row) => ({ ...row, storeId: this.storeId }));
    await this.manager.insert(this.entity, own);
  }

  /** Changes the rows that match; returns how many. */
  async update(where: Where<E>, patch: Partial<Omit<E, 'storeId'>>): Promise<number> {
    const change = patch as unknown as QueryDeepPartialEntity<E>;
    const { affected } = await this.manager.update(this.entity, this.own(where), change);
    return affected ?? 0;
  }

  /** Deletes the rows that match; returns how many. */
  async delete(where: Where<E>): Promise<number> {
    const { affected } = await this.manager.delete(this.entity, this.own(where));
    return affected ?? 0;
  }
}
