export { StoresApiModule } from './stores-api.module';
