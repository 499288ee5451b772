import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { handleOf } from '../blogs.service';
import { contentErrors } from '../content.errors';
import { MetaobjectsChanged } from '../content.events';
import type { MetaobjectDefinition, MetaobjectInput } from '../contract/metaobjects.contract';
import type { Seen } from '../pages.service';
import { MetaobjectDefinitions } from './metaobject-definitions.service';
import { readFields } from './metaobject-fields';

/** A record of a kind that the merchant defined. */
export interface Metaobject {
  id: string;
  publicId: string;
  type: string;
  handle: string;
  fields: Record<string, unknown>;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** Which part of a list is wanted. */
export interface MetaobjectListing {
  type: string | null;
  limit: number;
  after: string | null;
}

const selected = `SELECT m.metaobject_id AS id, m.public_id::text AS "publicId", d.type, m.handle, m.fields,
  m.published_at AS "publishedAt", m.created_at AS "createdAt", m.updated_at AS "updatedAt", m.version
  FROM metaobjects m JOIN metaobject_definitions d USING (store_id, definition_id)`;

/** Records of kinds that a merchant defined. */
@Injectable()
export class Metaobjects {
  constructor(@Inject(MetaobjectDefinitions) private readonly definitions: MetaobjectDefinitions) {}

  /** The records, oldest first; of one kind, or of all. */
  list(store: StoreReader, { type, limit, after }: MetaobjectListing): Promise<Metaobject[]> {
    return store.query<Metaobject>(
      `${selected} WHERE m.store_id = $1 AND ($2::text IS NULL OR d.type = $2)
         AND ($3::uuid IS NULL OR m.metaobject_id > $3) ORDER BY m.metaobject_id LIMIT $4`,
      [store.storeId, type, after, limit],
    );
  }

  /** @throws content.metaobject-not-found */
  async get(store: StoreReader, id: string): Promise<Metaobject> {
    const [found] = await store.query<Metaobject>(
      `${selected} WHERE m.store_id = $1 AND m.metaobject_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw contentErrors.error('metaobject-not-found');
    return found;
  }

  /** @throws content.unknown-metaobject-type, content.handle-taken and what `readFields` throws */
  async create(store: StoreWriter, input: MetaobjectInput): Promise<Metaobject> {
    const { type, handle, published } = input;
    const definition = await this.definitions.ofType(store, type);
    const fields = readFields(definition.fields, input.fields);
    const id = newId();
    const chosen = handleOf(handle ?? titleOf(definition, fields), type, id);
    const made = await store.execute(
      `INSERT INTO metaobjects (store_id, metaobject_id, definition_id, handle, fields, published_at)
       VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN now() END)
       ON CONFLICT (store_id, definition_id, handle) DO NOTHING`,
      [store.storeId, id, definition.id, chosen, JSON.stringify(fields), published !== false],
    );
    if (made === 0) throw taken(chosen);
    const target = { kind: 'metaobject', id };
    store.record({ action: 'metaobject.created', target, after: { type, handle: chosen } });
    store.publish(MetaobjectsChanged, { type });
    return this.get(store, id);
  }

  /** @throws content.metaobject-not-found, content.handle-taken, http.version-conflict and what `readFields` throws */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<Omit<MetaobjectInput, 'type'>>,
    seen: Seen,
  ): Promise<Metaobject> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const definition = await this.definitions.ofType(store, before.type);
    const known = new Set(definition.fields.map(({ key }) => key));
    const kept = Object.fromEntries(
      Object.entries(before.fields).filter(([key]) => known.has(key)),
    );
    const fields = patch.fields
      ? readFields(definition.fields, { ...kept, ...patch.fields })
      : before.fields;
    const handle = patch.handle ?? before.handle;
    await this.checkFree(store, definition.id, { id, handle });
    const changed = await store.execute(
      `UPDATE metaobjects SET handle = $4, fields = $5, updated_at = now(), version = version + 1,
         published_at = CASE WHEN $6::boolean IS NULL THEN published_at WHEN $6 THEN coalesce(published_at, now()) END
       WHERE store_id = $1 AND metaobject_id = $2 AND version = $3`,
      [store.storeId, id, before.version, handle, JSON.stringify(fields), patch.published ?? null],
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, id);
    const target = { kind: 'metaobject', id };
    store.record({
      action: 'metaobject.updated',
      target,
      ...changedFields({ ...before }, { ...after }),
    });
    store.publish(MetaobjectsChanged, { type: before.type });
    return after;
  }

  /** @throws content.metaobject-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const { type, handle } = await this.get(store, id);
    await store.execute('DELETE FROM metaobjects WHERE store_id = $1 AND metaobject_id = $2', [
      store.storeId,
      id,
    ]);
    const target = { kind: 'metaobject', id };
    store.record({ action: 'metaobject.deleted', target, before: { type, handle } });
    store.publish(MetaobjectsChanged, { type });
  }

  /** The types of records that name this picture. */
  async typesShowing(store: StoreReader, mediaId: string): Promise<string[]> {
    const rows = await store.query<{ type: string }>(
      `SELECT DISTINCT d.type FROM metaobjects m JOIN metaobject_definitions d USING (store_id, definition_id)
       WHERE m.store_id = $1 AND m.fields::text LIKE '%' || $2 || '%'`,
      [store.storeId, mediaId],
    );
    return rows.map(({ type }) => type);
  }

  private async checkFree(
    store: StoreWriter,
    definitionId: string,
    { id, handle }: { id: string; handle: string },
  ): Promise<void> {
    const [holder] = await store.query(
      `SELECT 1 FROM metaobjects
       WHERE store_id = $1 AND definition_id = $2 AND handle = $3 AND metaobject_id <> $4`,
      [store.storeId, definitionId, handle, id],
    );
    if (holder) throw taken(handle);
  }
}

/** What a record is called: the text of the field that its kind shows, or nothing. */
export function titleOf(
  { displayField }: Pick<MetaobjectDefinition, 'displayField'>,
  fields: Readonly<Record<string, unknown>>,
): string {
  const value = displayField === null ? undefined : fields[displayField];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function taken(handle: string) {
  return contentErrors.error('handle-taken', { handle }, { field: 'handle' });
}
