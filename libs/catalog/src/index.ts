export { CatalogModule } from './catalog.module';
export { ProductsChanged, StockChanged } from './catalog.events';
export { Markets } from './pricing/markets.service';
export { Products } from './products.service';
export { type ProductDraft, writeProducts } from './product-write';
export { findSellable, type SellableVariant } from './sellable.queries';
export { InventoryLevels } from './stock/inventory-levels.service';
export { Stock } from './stock/stock.service';
export type { Allocation } from './stock/route-stock';
