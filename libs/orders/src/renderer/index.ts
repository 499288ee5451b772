export { OrdersRendererModule } from './orders-renderer.module';
export { CustomerOrders, type CustomerOrder, type CustomerOrderLine } from './customer-orders';
