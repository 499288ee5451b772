export * from './webhooks.contract';
export * from './mail-templates.contract';
