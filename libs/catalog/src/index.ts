export { CatalogModule } from './catalog.module';
export { CollectionChanged, ProductsChanged, StockChanged } from './catalog.events';
export { catalogErrors } from './catalog.errors';
export { Products } from './products.service';
export { type ProductDraft, writeProducts } from './product-write';
export { findSellable, type SellableVariant } from './sellable.queries';
export { Stock } from './stock/stock.service';
export type { Allocation } from './stock/route-stock';
