export * from './collection-rules.contract';
export * from './collections.contract';
export * from './inventory.contract';
export * from './market-prices.contract';
export * from './markets.contract';
export * from './metafield-definitions.contract';
export * from './product-imports.contract';
export * from './products.contract';
