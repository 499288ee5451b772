export { OrdersModule } from './orders.module';
export { OrderChecks } from './checks/order-checks.service';
export { Orders } from './orders.service';
export { ordersErrors } from './orders.errors';
export type { OrderSnapshot } from './orders/snapshot';
export { afterSales } from './after-sales';
export {
  OrderCancelled,
  OrderEdited,
  OrderPaid,
  OrderPlaced,
  ParcelShipped,
  RefundRecorded,
} from './orders.events';
