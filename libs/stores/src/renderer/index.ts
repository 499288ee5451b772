export { StoresRendererModule } from './stores-renderer.module';
export { isStorePassword } from '../store-password';
export { StorefrontStores, type ShopData, type StoreEntry } from './storefront-stores';
