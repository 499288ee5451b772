import { Injectable } from '@nestjs/common';
import { isMetafieldType, newId } from '@libs/kernel';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { catalogErrors } from '../catalog.errors';
import type {
  MetafieldDefinition,
  MetafieldDefinitionInput,
} from '../contract/metafield-definitions.contract';

const columns = `definition_id AS id, owner, namespace, key, name, description, type,
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt", version`;

/** What a store's metafields are called and which type their values have. */
@Injectable()
export class MetafieldDefinitions {
  /** By owner, namespace and key. */
  list(store: StoreReader): Promise<MetafieldDefinition[]> {
    return store.query<MetafieldDefinition>(
      `SELECT ${columns} FROM metafield_definitions WHERE store_id = $1
       ORDER BY owner, namespace, key LIMIT 1000`,
      [store.storeId],
    );
  }

  /** @throws catalog.definition-taken, catalog.unknown-metafield-type */
  async create(store: StoreWriter, input: MetafieldDefinitionInput): Promise<MetafieldDefinition> {
    const { owner, namespace, key, name, description, type } = input;
    if (!isMetafieldType(type))
      throw catalogErrors.error('unknown-metafield-type', { type }, { field: 'type' });
    const [made] = await store.query<MetafieldDefinition>(
      `INSERT INTO metafield_definitions (store_id, definition_id, owner, namespace, key, name, description, type)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (store_id, owner, namespace, key) DO NOTHING RETURNING ${columns}`,
      [store.storeId, newId(), owner, namespace, key, name, description, type],
    );
    if (!made) throw catalogErrors.error('definition-taken', { namespace, key }, { field: 'key' });
    const target = { kind: 'metafield-definition', id: made.id };
    store.record({ action: 'metafield-definition.created', target, after: { ...input } });
    return made;
  }

  /** @throws catalog.definition-not-found, http.version-conflict, http.version-mismatch */
  async update(
    store: StoreWriter,
    id: string,
    patch: Partial<Pick<MetafieldDefinition, 'name' | 'description'>>,
    seen: { version?: number; ifMatch?: string },
  ): Promise<MetafieldDefinition> {
    const [before] = await store.query<MetafieldDefinition>(
      `SELECT ${columns} FROM metafield_definitions
       WHERE store_id = $1 AND definition_id = $2 FOR UPDATE`,
      [store.storeId, id],
    );
    if (!before) throw catalogErrors.error('definition-not-found');
    checkVersion(before.version, seen);
    const { name, description } = { ...before, ...patch };
    const [after] = await store.query<MetafieldDefinition>(
      `UPDATE metafield_definitions SET name = $3, description = $4, version = version + 1
       WHERE store_id = $1 AND definition_id = $2 RETURNING ${columns}`,
      [store.storeId, id, name, description],
    );
    const old = { name: before.name, description: before.description };
    const changes = changedFields(old, { name, description });
    const target = { kind: 'metafield-definition', id };
    store.record({ action: 'metafield-definition.updated', target, ...changes });
    return after as MetafieldDefinition;
  }

  /** Forgets a definition; values that were written stay, with their type. @throws catalog.definition-not-found */
  async delete(store: StoreWriter, id: string): Promise<void> {
    const [gone] = await store.query<{ namespace: string; key: string }>(
      `DELETE FROM metafield_definitions WHERE store_id = $1 AND definition_id = $2
       RETURNING namespace, key`,
      [store.storeId, id],
    );
    if (!gone) throw catalogErrors.error('definition-not-found');
    const target = { kind: 'metafield-definition', id };
    store.record({ action: 'metafield-definition.deleted', target, before: { ...gone } });
  }
}
