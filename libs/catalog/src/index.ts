export { CatalogModule } from './catalog.module';
export { CollectionChanged, ProductsChanged, StockChanged } from './catalog.events';
export { catalogErrors } from './catalog.errors';
export { Products } from './products.service';
export { Collections } from './collections/collections.service';
export { type ProductDraft, type ProductVerdict, writeProducts } from './product-write';
export { findSellable, type SellableVariant } from './sellable.queries';
