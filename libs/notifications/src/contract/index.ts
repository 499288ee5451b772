export * from './webhooks.contract';
