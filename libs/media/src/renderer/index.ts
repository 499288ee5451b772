export { MediaRendererModule } from './media-renderer.module';
export { AssetFiles } from './asset-files';
export { MediaPages } from './media-pages';
