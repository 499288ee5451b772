import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { ProductExportsService } from './exports/product-exports.service';
import { FailedRowsService } from './imports/failed-rows.service';
import { ImportBatches } from './imports/import-batches.service';
import { ProductImportsService } from './imports/product-imports.service';

const services = [ProductImportsService, ImportBatches, FailedRowsService, ProductExportsService];

/** Product files in and out: what the catalog's faces need to import and export. */
@Module({ imports: [StoresModule], providers: services, exports: services })
export class ProductFilesModule {}
