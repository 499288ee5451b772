import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { ProductExportsService } from './exports/product-exports.service';
import { FailedRowsService } from './imports/failed-rows.service';
import { ImportBatches } from './imports/import-batches.service';
import { ProductImportsService } from './imports/product-imports.service';

const services = [ProductExportsService, FailedRowsService, ImportBatches, ProductImportsService];

/** The catalogue's services, for its own faces and for the slices above. */
@Module({ imports: [StoresModule], providers: services, exports: services })
export class CatalogModule {}
