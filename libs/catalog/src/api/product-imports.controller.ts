import { createReadStream } from 'node:fs';
import { Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { newId } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  CurrentActor,
  pageQuery,
  Requires,
  Upload,
  type UploadedFile,
} from '@platform/http';
import { BlobStore } from '@platform/storage';
import {
  type ProductImport,
  productImport,
  productImportProblemPage,
  productImportQuery,
  productImportStarted,
} from '../contract/product-imports.contract';
import { FailedRowsService } from '../imports/failed-rows.service';
import { ProductImportsService } from '../imports/product-imports.service';

const uuid = z.uuid();

/** Takes product files in, and tells what became of them. */
@Controller('stores/:storeId/product-imports')
@Requires('products.import')
export class ProductImportsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(BlobStore) private readonly blobs: BlobStore,
    @Inject(ProductImportsService) private readonly imports: ProductImportsService,
    @Inject(FailedRowsService) private readonly failedRows: FailedRowsService,
  ) {}

  @Post()
  @Answers(202, productImportStarted)
  async start(
    @Param('storeId', { schema: uuid }) storeId: string,
    @Query({ schema: productImportQuery }) query: z.output<typeof productImportQuery>,
    @Upload() file: UploadedFile,
    @CurrentActor() actor: Actor,
  ): Promise<{ id: string }> {
    const id = newId();
    const fileKey = this.imports.fileKey(storeId, id);
    await this.blobs.putIfAbsent(fileKey, createReadStream(file.path), { contentType: 'text/csv' });
    const wanted = { id, fileKey, filename: file.filename, ...query };
    await this.db.write(storeId, (store) => this.imports.startImport(store, wanted), { actor });
    return { id };
  }

  @Get(':importId')
  @Answers(200, productImport)
  show(
    @Param('storeId', { schema: uuid }) storeId: string,
    @Param('importId', { schema: uuid }) importId: string,
  ): Promise<ProductImport> {
    return this.db.read(storeId, (store) => this.imports.showImport(store, importId));
  }

  @Get(':importId/problems')
  @Answers(200, productImportProblemPage)
  problems(
    @Param('storeId', { schema: uuid }) storeId: string,
    @Param('importId', { schema: uuid }) importId: string,
    @Query({ schema: pageQuery }) page: z.output<typeof pageQuery>,
  ) {
    return this.db.read(storeId, (store) => this.imports.listProblems(store, importId, page));
  }

  /** The rows of the products that failed, with what is wrong in each, to be mended and sent again. */
  @Get(':importId/failed-rows')
  async failed(
    @Param('storeId', { schema: uuid }) storeId: string,
    @Param('importId', { schema: uuid }) importId: string,
  ): Promise<StreamableFile> {
    const { fileKey, faults } = await this.db.read(storeId, async (store) => ({
      fileKey: (await this.imports.getImport(store, importId)).fileKey,
      faults: await this.imports.listFaults(store, importId),
    }));
    const stream = await this.failedRows.open(fileKey, faults);
    return new StreamableFile(stream, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="failed-rows.csv"',
    });
  }
}
