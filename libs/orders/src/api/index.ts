export { OrdersApiModule } from './orders-api.module';
