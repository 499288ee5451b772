import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { Db } from '@platform/database';
import { Answers, Requires } from '@platform/http';
import { ProductExportsService } from '../exports/product-exports.service';
import { exportStream } from './export-stream';

const uuid = z.uuid();

/** Gives a store's products back as a file that can be imported without a change. */
@Controller('stores/:storeId/product-exports')
@Requires('products.export')
export class ProductExportsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ProductExportsService) private readonly exports: ProductExportsService,
  ) {}

  @Get()
  @Answers(200)
  @ApiProduces('text/csv')
  download(@Param('storeId', { schema: uuid }) storeId: string): StreamableFile {
    return new StreamableFile(exportStream(this.db, this.exports, storeId), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="products.csv"',
    });
  }
}
