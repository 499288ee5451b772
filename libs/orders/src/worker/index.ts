export { OrdersWorkerModule } from './orders-worker.module';
