import { Inject, Injectable } from '@nestjs/common';
import { Images, type ReadyImage, imageView } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { Json, View } from '@template-engine/context';
import type { MetaobjectField } from '../contract/metaobjects.contract';
import { titleOf } from '../metaobjects/metaobjects.service';

interface MetaobjectRow {
  id: string;
  type: string;
  handle: string;
  fields: Record<string, Json>;
  definition: { fields: MetaobjectField[]; displayField: string | null };
}

/** Records as they were found, with the products that they name still as ids or handles. */
export interface FoundMetaobjects {
  rows: MetaobjectRow[];
  images: ReadonlyMap<string, ReadyImage>;
  /** Handles or public ids of products. */
  productRefs: string[];
}

/** Records of kinds that a merchant defined, for the storefront: one statement, and one for pictures. */
@Injectable()
export class MetaobjectPages {
  constructor(@Inject(Images) private readonly images: Images) {}

  /** @param refs `<type>/<handle or public id>`; those that are gone or not published are missing */
  async find(store: StoreReader, refs: readonly string[]): Promise<FoundMetaobjects> {
    const rows = await store.query<MetaobjectRow>(
      `SELECT m.public_id::text AS id, d.type, m.handle, m.fields,
         jsonb_build_object('fields', d.fields, 'displayField', d.display_field) AS definition
       FROM metaobjects m JOIN metaobject_definitions d USING (store_id, definition_id)
       WHERE m.store_id = $1 AND m.published_at <= now()
         AND (d.type || '/' || m.handle = ANY ($2) OR d.type || '/' || m.public_id = ANY ($2))`,
      [store.storeId, refs],
    );
    const ids = valuesOf(rows, 'file_reference').filter((id) => /^[0-9a-f-]{36}$/.test(id));
    const images = ids.length === 0 ? new Map() : await this.images.ready(store, ids);
    return { rows, images, productRefs: valuesOf(rows, 'product_reference') };
  }
}

/**
 * Records as a theme sees them, by `<type>/<handle>` and `<type>/<public id>`.
 * @param products by the handles and ids that the records name
 */
export function metaobjectViews(
  { rows, images }: FoundMetaobjects,
  products: ReadonlyMap<string, View<'product'>>,
): Map<string, View<'metaobject'>> {
  const views = new Map<string, View<'metaobject'>>();
  for (const row of rows) {
    const { id, type, handle, definition } = row;
    const title = titleOf(definition, row.fields) || handle;
    const fields = Object.fromEntries(
      definition.fields.map((field) => [
        field.key,
        fieldView(field.type, row.fields[field.key] ?? null, { images, products, title }),
      ]),
    );
    const view = { id, type, handle, title, fields };
    views.set(`${type}/${id}`, view).set(`${type}/${handle}`, view);
  }
  return views;
}

interface Targets {
  images: ReadonlyMap<string, ReadyImage>;
  products: ReadonlyMap<string, View<'product'>>;
  /** What a picture shows, as far as is known. */
  title: string;
}

/** A rating is its number, a reference what it points to; all else is as it was written. */
function fieldView(type: string, value: Json, targets: Targets): Json {
  if (type.startsWith('list.') && Array.isArray(value)) {
    const list = value.map((one) => fieldView(type.slice(5), one, targets));
    return list.filter((one) => one !== null);
  }
  if (value === null) return null;
  if (type === 'rating') return ratingOf(value);
  if (typeof value !== 'string') return value;
  if (type === 'product_reference') return targets.products.get(value) ?? null;
  if (type !== 'file_reference') return value;
  const image = targets.images.get(value);
  return image ? imageView(value, image, targets.title) : null;
}

/** `{value, scale_min, scale_max}`, whose value may be written as a text. */
function ratingOf(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const number = Number(value['value']);
  return Number.isFinite(number) ? number : null;
}

/** All texts of fields of a type, lists taken apart. */
function valuesOf(rows: readonly MetaobjectRow[], type: string): string[] {
  const values = rows.flatMap(({ fields, definition }) =>
    definition.fields
      .filter((field) => field.type === type || field.type === `list.${type}`)
      .flatMap(({ key }) => fields[key] ?? []),
  );
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}
