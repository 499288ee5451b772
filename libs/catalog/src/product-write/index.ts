export { largestBatch, writeProducts } from './write-products';
export type {
  DraftProblem,
  ImageDraft,
  InventoryDraft,
  MetafieldDraft,
  ProductDraft,
  ProductVerdict,
  UnitPrice,
  VariantDraft,
  WeightUnit,
  WriteOptions,
} from './product-draft';
export { limits } from './check-draft';
