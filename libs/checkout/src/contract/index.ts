export * from './discounts.contract';
export * from './draft-orders.contract';
export * from './order-edits.contract';
export * from './prices.contract';
export * from './sales.contract';
export * from './shipping.contract';
export * from './taxes.contract';
export * from './store-faults.contract';
