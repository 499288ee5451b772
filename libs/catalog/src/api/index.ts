export { CatalogApiModule } from './catalog-api.module';
