export { CatalogModule } from './catalog.module';
export { CollectionChanged, ProductsChanged, StockChanged } from './catalog.events';
export { Collections } from './collections/collections.service';
export { Markets } from './pricing/markets.service';
export { Products } from './products.service';
export { findSellable, type SellableVariant } from './sellable.queries';
export { InventoryLevels } from './stock/inventory-levels.service';
export { Stock } from './stock/stock.service';
export type { Allocation } from './stock/route-stock';
