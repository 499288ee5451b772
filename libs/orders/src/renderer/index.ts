export { OrdersRendererModule } from './orders-renderer.module';
export { CustomerOrders, type CustomerOrder, type CustomerOrderLine } from './customer-orders';
export { OrderLookup, type FoundOrder } from './order-lookup';
export { Withdrawals } from '../withdrawals/withdrawals.service';
export { Documents } from '../documents/documents.service';
export { orderStanding } from '../orders/order-standing.queries';
export { hasWithdrawal } from '../withdrawals/where';
