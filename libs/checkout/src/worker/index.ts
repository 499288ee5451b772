export { CheckoutWorkerModule } from './checkout-worker.module';
