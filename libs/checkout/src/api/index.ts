export { CheckoutApiModule } from './checkout-api.module';
