export * from './payment-account.contract';
