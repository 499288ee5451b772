import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { contentErrors } from '../content.errors';
import { MetaobjectsChanged } from '../content.events';
import type {
  MetaobjectDefinition,
  MetaobjectDefinitionInput,
} from '../contract/metaobjects.contract';
import type { Seen } from '../pages.service';
import { checkDefinition } from './metaobject-fields';

const columns = `definition_id AS id, type, name, fields, display_field AS "displayField",
  created_at AS "createdAt", updated_at AS "updatedAt", version`;

/** The kinds of records that a merchant keeps: which fields each has. */
@Injectable()
export class MetaobjectDefinitions {
  /** By type. */
  list(store: StoreReader): Promise<MetaobjectDefinition[]> {
    return store.query<MetaobjectDefinition>(
      `SELECT ${columns} FROM metaobject_definitions WHERE store_id = $1 ORDER BY type LIMIT 500`,
      [store.storeId],
    );
  }

  /** @throws content.metaobject-definition-not-found */
  async get(store: StoreReader, id: string): Promise<MetaobjectDefinition> {
    const [found] = await store.query<MetaobjectDefinition>(
      `SELECT ${columns} FROM metaobject_definitions WHERE store_id = $1 AND definition_id = $2`,
      [store.storeId, id],
    );
    if (!found) throw contentErrors.error('metaobject-definition-not-found');
    return found;
  }

  /** @throws content.unknown-metaobject-type */
  async ofType(store: StoreReader, type: string): Promise<MetaobjectDefinition> {
    const [found] = await store.query<MetaobjectDefinition>(
      `SELECT ${columns} FROM metaobject_definitions WHERE store_id = $1 AND type = $2`,
      [store.storeId, type],
    );
    if (!found) throw contentErrors.error('unknown-metaobject-type', { type }, { field: 'type' });
    return found;
  }

  /** @throws content.metaobject-type-taken and what `checkDefinition` throws */
  async create(
    store: StoreWriter,
    input: MetaobjectDefinitionInput,
  ): Promise<MetaobjectDefinition> {
    const { type, name, fields, displayField } = input;
    checkDefinition(fields, displayField);
    const [made] = await store.query<MetaobjectDefinition>(
      `INSERT INTO metaobject_definitions (store_id, definition_id, type, name, fields, display_field)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (store_id, type) DO NOTHING RETURNING ${columns}`,
      [store.storeId, newId(), type, name, JSON.stringify(fields), displayField],
    );
    if (!made) throw contentErrors.error('metaobject-type-taken', { type }, { field: 'type' });
    const target = { kind: 'metaobject-definition', id: made.id };
    store.record({ action: 'metaobject-definition.created', target, after: { ...input } });
    return made;
  }

  /**
   * Values of a field that is taken away are not shown any more; they come back with it.
   * @throws content.metaobject-definition-not-found, content.field-type-fixed, http.version-conflict and others
   */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<Pick<MetaobjectDefinition, 'name' | 'fields' | 'displayField'>>,
    seen: Seen,
  ): Promise<MetaobjectDefinition> {
    const before = await this.get(store, id);
    checkVersion(before.version, seen);
    const { name, fields, displayField } = { ...before, ...patch };
    checkDefinition(fields, displayField, before.fields);
    const [after] = await store.query<MetaobjectDefinition>(
      `UPDATE metaobject_definitions SET name = $4, fields = $5, display_field = $6, updated_at = now(),
         version = version + 1
       WHERE store_id = $1 AND definition_id = $2 AND version = $3 RETURNING ${columns}`,
      [store.storeId, id, before.version, name, JSON.stringify(fields), displayField],
    );
    if (!after) checkVersion(before.version + 1, { version: before.version });
    const changed = after as MetaobjectDefinition;
    const target = { kind: 'metaobject-definition', id };
    const changes = changedFields(wordsOf(before), wordsOf(changed));
    store.record({ action: 'metaobject-definition.updated', target, ...changes });
    store.publish(MetaobjectsChanged, { type: changed.type });
    return changed;
  }

  /** Takes a kind away with all of its records. @throws content.metaobject-definition-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const { type, name } = await this.get(store, id);
    await store.execute(
      'DELETE FROM metaobject_definitions WHERE store_id = $1 AND definition_id = $2',
      [store.storeId, id],
    );
    const target = { kind: 'metaobject-definition', id };
    store.record({ action: 'metaobject-definition.deleted', target, before: { type, name } });
    store.publish(MetaobjectsChanged, { type });
  }
}

function wordsOf({ name, fields, displayField }: MetaobjectDefinition) {
  return { name, fields, displayField };
}
