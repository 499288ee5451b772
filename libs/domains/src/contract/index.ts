export * from './hostname.contract';
