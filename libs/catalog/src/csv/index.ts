export { guard } from './cells';
export { COLUMNS, levelOf, type Field } from './columns';
export type { CsvExtra, CsvImage, CsvProduct, CsvVariant } from './csv-product';
export { HOMES, marketCell, usualValue } from './extras';
export type { Header } from './header';
export { FileFault, isFault, type ImportProblem } from './problem';
export { readProduct, type ReadProduct } from './read-product';
export { readProducts, type CsvRow, type ProductRows } from './read-products';
export { scanFile, type FileScan } from './scan';
