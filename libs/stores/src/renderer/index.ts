export { StoresRendererModule } from './stores-renderer.module';
export { StorefrontStores, type ShopData, type StoreEntry } from './storefront-stores';
