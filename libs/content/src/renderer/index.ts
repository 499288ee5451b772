export { ContentRendererModule } from './content-renderer.module';
export { ContentPages, type MenuData, type PageData } from './content-pages';
