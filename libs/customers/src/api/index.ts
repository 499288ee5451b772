export { CustomersApiModule } from './customers-api.module';
