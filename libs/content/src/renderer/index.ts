export { ContentRendererModule } from './content-renderer.module';
export { ContentPages, type LinkData, type MenuData, type PageData } from './content-pages';
