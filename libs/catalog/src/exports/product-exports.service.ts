import { Inject, Injectable } from '@nestjs/common';
import { Stores } from '@libs/stores';
import type { StoreReader } from '@platform/database';
import { marketCell, HOMES } from '../csv';
import { exportHeader, exportRows, type ExportProduct, type ExtraColumn } from './export-rows';
import { findExportPage, findMetafieldColumns } from './export.queries';

/** What stays the same over all pages of an export. */
export interface ExportPlan {
  currency: string;
  extra: readonly ExtraColumn[];
  header: string[];
}

/** A page of an export: rows, and where the next page starts; null after the last. */
export interface ExportPage {
  rows: string[][];
  next: string | null;
}

/** Writes a store's products as rows of Shopify's product CSV, current generation. */
@Injectable()
export class ProductExportsService {
  constructor(@Inject(Stores) private readonly stores: Stores) {}

  /** The columns of this store's export. */
  async plan(store: StoreReader): Promise<ExportPlan> {
    const { currency } = await this.stores.get(store);
    const homes = new Set([...HOMES.values()].map(({ namespace, key }) => `${namespace}.${key}`));
    const found = await findMetafieldColumns(store);
    const extra = found
      .filter(({ namespace, key }) => !homes.has(`${namespace}.${key}`))
      .map(({ owner, namespace, key, name, sample }) => {
        const header =
          marketCell(namespace, sample)?.header ??
          `${name} (${owner}.metafields.${namespace}.${key})`;
        return { owner, namespace, key, header };
      });
    return { currency, extra, header: exportHeader(extra) };
  }

  /** The next products in the order of their creation. @param after where the last page ended */
  async readPage(
    store: StoreReader,
    { currency, extra }: ExportPlan,
    after: string | null,
  ): Promise<ExportPage> {
    const products = await findExportPage(store, after);
    const rows = products.flatMap((product: ExportProduct) => exportRows(product, extra, currency));
    return { rows, next: products.at(-1)?.productId ?? null };
  }
}
