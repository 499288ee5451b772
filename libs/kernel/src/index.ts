export * from './ids';
export * from './clock';
export * from './errors';
export * from './paging';
export * from './money';
export * from './search';
export * from './metafields';
export * from './countries';
