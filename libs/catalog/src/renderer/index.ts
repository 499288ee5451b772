export { CatalogRendererModule } from './catalog-renderer.module';
export {
  CatalogPages,
  type CollectionPage,
  type ListWindow,
  type ProductPage,
} from './catalog-pages';
export {
  filterParameters,
  isFiltered,
  type ListFilters,
  noFilters,
  readFilters,
} from './filters/list-filters';
export { CatalogSitemaps } from './catalog-sitemaps';
export { ProductData } from './ajax/product-data';
export { type MarketTerms, openMarkets } from '../pricing/market-terms';
export { type PriceTerms, homeTerms } from '../pricing/price-terms';
