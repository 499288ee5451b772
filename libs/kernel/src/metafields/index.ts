export { isMetafieldType, readMetafield } from './metafield-values';
