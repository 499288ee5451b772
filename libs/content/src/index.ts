export { ContentModule } from './content.module';
export { Pages } from './pages.service';
export { Blogs } from './blogs.service';
export { Articles } from './articles.service';
export { MetaobjectDefinitions } from './metaobjects/metaobject-definitions.service';
export { Metaobjects } from './metaobjects/metaobjects.service';
export { Menus } from './menus.service';
export { BlogChanged, PageChanged, MenuChanged, MetaobjectsChanged } from './content.events';
export { contentErrors } from './content.errors';
