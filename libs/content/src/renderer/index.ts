export { ContentRendererModule } from './content-renderer.module';
export { type ArticleWindow, BlogPages, type PageWords } from './blog-pages';
export { ContentPages, type LinkData, type MenuData, type PageData } from './content-pages';
export { type ContentHit, ContentSearch } from './content-search';
export { type FoundMetaobjects, MetaobjectPages, metaobjectViews } from './metaobject-pages';
export { ContentFaces } from './content-faces';
