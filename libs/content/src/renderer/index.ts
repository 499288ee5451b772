export { ContentRendererModule } from './content-renderer.module';
export { type ArticleWindow, BlogPages, type PageWords } from './blog-pages';
export { ContentPages, type LinkData, type MenuData, type PageData } from './content-pages';
