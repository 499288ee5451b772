export * from './webhooks.contract';
export * from './mail-templates.contract';
export * from './abandoned-cart-mail.contract';
