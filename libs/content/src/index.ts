export { ContentModule } from './content.module';
export { Pages } from './pages.service';
export { Menus } from './menus.service';
export { PageChanged, MenuChanged } from './content.events';
export { contentErrors } from './content.errors';
