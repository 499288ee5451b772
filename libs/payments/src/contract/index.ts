export * from './gift-card.contract';
export * from './payment-account.contract';
