import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import {
  document,
  documentInput,
  documentList,
  documentQuery,
  documentSettings,
  documentSettingsInput,
  packingSlipQuery,
} from '../contract';
import type { DocumentView } from '../documents/document-rows.queries';
import { Documents, type PrintedFile } from '../documents/documents.service';

const id = z.uuid();

/** Invoices, credit notes and packing slips. */
@ApiTags('orders')
@Controller('stores/:storeId')
export class DocumentsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Documents) private readonly documents: Documents,
  ) {}

  @Get('document-settings')
  @Requires('settings.view')
  @Answers(200, documentSettings)
  settings(@Param('storeId') storeId: string) {
    return this.db.read(storeId, (store) => this.documents.settings(store));
  }

  /** Says who sells, when invoices are issued and how they are numbered; what was issued stays as it is. */
  @Put('document-settings')
  @Requires('settings.edit')
  @Answers(200, documentSettings)
  changeSettings(
    @Param('storeId') storeId: string,
    @Body({ schema: documentSettingsInput }) input: z.output<typeof documentSettingsInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.documents.changeSettings(store, input), {
      actor,
    });
  }

  @Get('documents')
  @Requires('orders.view')
  @Answers(200, documentList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: documentQuery }) { limit, cursor, kind }: z.output<typeof documentQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.documents.list(store, { kind, limit: limit + 1, before }),
    );
    return toPage(rows.map(viewOf), limit, ({ id: last }) => [last]);
  }

  @Get('documents/:documentId')
  @Requires('orders.view')
  @Answers(200, document)
  get(@Param('storeId') storeId: string, @Param('documentId', { schema: id }) documentId: string) {
    return this.db.read(storeId, (store) => this.documents.get(store, documentId)).then(viewOf);
  }

  @Get('documents/:documentId/file')
  @Requires('orders.view')
  @Answers(200)
  @ApiProduces('application/pdf')
  async file(
    @Param('storeId') storeId: string,
    @Param('documentId', { schema: id }) documentId: string,
  ): Promise<StreamableFile> {
    return streamed(await this.documents.file(storeId, documentId));
  }

  @Get('orders/:orderId/documents')
  @Requires('orders.view')
  @Answers(200, documentList)
  async ofOrder(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
  ) {
    const rows = await this.db.read(storeId, (store) => this.documents.ofOrder(store, orderId));
    return { items: rows.map(viewOf), nextCursor: null };
  }

  /** Issues a document; one that was issued before is answered as it is. */
  @Post('orders/:orderId/documents')
  @Requires('orders.edit')
  @Answers(201, document)
  async issue(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Body({ schema: documentInput }) input: z.output<typeof documentInput>,
    @CurrentActor() actor: Actor,
  ) {
    const documentId = await this.db.write(
      storeId,
      (store) =>
        input.kind === 'invoice'
          ? this.documents.issueInvoice(store, orderId)
          : this.documents.issueCreditNote(store, orderId, input.refundId),
      { actor },
    );
    return this.get(storeId, documentId);
  }

  /** What goes into a parcel, or what is still to be packed. */
  @Get('orders/:orderId/packing-slip')
  @Requires('orders.view')
  @Answers(200)
  @ApiProduces('application/pdf')
  async packingSlip(
    @Param('storeId') storeId: string,
    @Param('orderId', { schema: id }) orderId: string,
    @Query({ schema: packingSlipQuery }) { parcelId }: z.output<typeof packingSlipQuery>,
  ): Promise<StreamableFile> {
    return streamed(await this.documents.packingSlip(storeId, orderId, parcelId ?? null));
  }
}

function streamed({ name, bytes }: PrintedFile): StreamableFile {
  const disposition = `inline; filename="document.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`;
  return new StreamableFile(bytes, {
    type: 'application/pdf',
    disposition,
    length: bytes.length,
  });
}

function viewOf({ content, series: _, ...row }: DocumentView) {
  const { locale, currency, test, issuedOn, suppliedOn, rows, rates, totals } = content;
  const { owedMinor, buyerVatNumber, scheme } = content;
  return {
    ...row,
    locale,
    currency,
    test,
    issuedOn,
    suppliedOn,
    rows: rows.map(({ id: _, taxes: __, ...row }) => row),
    rates,
    ...totals,
    owedMinor,
    buyerVatNumber,
    scheme,
  };
}
