export * from './event';
export * from './job';
export * from './handlers';
