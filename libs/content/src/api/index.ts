export { ContentApiModule } from './content-api.module';
