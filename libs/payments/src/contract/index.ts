export * from './dispute.contract';
export * from './gift-card.contract';
export * from './payment-account.contract';
export * from './store-credit.contract';
