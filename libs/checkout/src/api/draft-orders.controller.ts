import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db, type StoreReader } from '@platform/database';
import { Answers, CurrentActor, IdempotencyKey, Requires } from '@platform/http';
import {
  draftInvoiceInput,
  draftOrder,
  draftOrderInput,
  draftOrderList,
  draftOrderPatch,
  draftOrderQuery,
} from '../contract';
import { PaidByHand } from '../drafts/by-hand.service';
import { DraftVatNumbers } from '../drafts/draft-vat-numbers.service';
import { type Draft, Drafts } from '../drafts/drafts.service';
import { ShopAddress } from '@libs/domains';
import { pricedLines } from '../sales/priced-lines';

const id = z.uuid();

/** Orders that staff put together. */
@ApiTags('orders')
@Controller('stores/:storeId/draft-orders')
export class DraftOrdersController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DraftVatNumbers) private readonly vatNumbers: DraftVatNumbers,
    @Inject(PaidByHand) private readonly byHand: PaidByHand,
    @Inject(ShopAddress) private readonly shop: ShopAddress,
  ) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, draftOrderList)
  list(
    @Param('storeId') storeId: string,
    @Query({ schema: draftOrderQuery }) query: z.output<typeof draftOrderQuery>,
  ) {
    const { limit, cursor, state } = query;
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    return this.db.read(storeId, async (store) => {
      const found = await this.drafts.list(store, { state, before, limit: limit + 1 });
      const views = await Promise.all(found.map((draft) => this.view(store, draft)));
      return toPage(views, limit, ({ id: last }) => [last]);
    });
  }

  @Get(':draftId')
  @Requires('orders.view')
  @Answers(200, draftOrder)
  get(@Param('storeId') storeId: string, @Param('draftId', { schema: id }) draftId: string) {
    return this.show(storeId, draftId);
  }

  @Post()
  @Requires('orders.edit')
  @Answers(201, draftOrder)
  async create(
    @Param('storeId') storeId: string,
    @Body({ schema: draftOrderInput }) wish: z.output<typeof draftOrderInput>,
    @CurrentActor() actor: Actor,
  ) {
    const checked = await this.vatNumbers.checked(storeId, null, wish);
    const draftId = await this.drafts.write(
      storeId,
      (store) => this.drafts.create(store, checked),
      {
        actor,
      },
    );
    return this.show(storeId, draftId);
  }

  @Patch(':draftId')
  @Requires('orders.edit')
  @Answers(200, draftOrder)
  async update(
    @Param('storeId') storeId: string,
    @Param('draftId', { schema: id }) draftId: string,
    @Body({ schema: draftOrderPatch }) wish: z.output<typeof draftOrderPatch>,
    @CurrentActor() actor: Actor,
  ) {
    const checked = await this.vatNumbers.checked(storeId, draftId, wish);
    await this.drafts.write(storeId, (store) => this.drafts.update(store, draftId, checked), {
      actor,
    });
    return this.show(storeId, draftId);
  }

  @Delete(':draftId')
  @HttpCode(204)
  @Requires('orders.edit')
  @Answers(204)
  async remove(
    @Param('storeId') storeId: string,
    @Param('draftId', { schema: id }) draftId: string,
    @CurrentActor() actor: Actor,
  ) {
    await this.db.write(storeId, (store) => this.drafts.remove(store, draftId), { actor });
  }

  /** Sends the shopper the link by which it is paid. */
  @Post(':draftId/invoice')
  @HttpCode(200)
  @Requires('orders.edit')
  @Answers(200, draftOrder)
  async invoice(
    @Param('storeId') storeId: string,
    @Param('draftId', { schema: id }) draftId: string,
    @Body({ schema: draftInvoiceInput }) { message }: z.output<typeof draftInvoiceInput>,
    @CurrentActor() actor: Actor,
  ) {
    await this.db.write(storeId, (store) => this.drafts.invoice(store, draftId, message), {
      actor,
    });
    return this.show(storeId, draftId);
  }

  /** Notes that it was paid by hand, and makes the order. */
  @Post(':draftId/mark-paid')
  @HttpCode(200)
  @Requires('orders.edit')
  @Answers(200, draftOrder)
  async markPaid(
    @Param('storeId') storeId: string,
    @Param('draftId', { schema: id }) draftId: string,
    @CurrentActor() actor: Actor,
    @IdempotencyKey() key: string,
  ) {
    await this.byHand.mark(storeId, draftId, { key: `staff:${key}`, actor });
    return this.show(storeId, draftId);
  }

  private show(storeId: string, draftId: string) {
    return this.db.read(storeId, async (store) =>
      this.view(store, await this.drafts.get(store, draftId)),
    );
  }

  private async view(store: StoreReader, draft: Draft) {
    const { terms, quote } = draft;
    if (!quote) throw new Error(`The draft ${draft.checkoutId} has no amounts.`);
    const { shipping } = terms.sale;
    return {
      id: draft.checkoutId,
      state: draft.state,
      version: draft.version,
      customerId: draft.customerId,
      email: draft.email,
      phone: draft.phone,
      shippingAddress: draft.shippingAddress,
      billingAddress: draft.billingAddress,
      vatNumber: draft.vatNumber && numberView(draft.vatNumber),
      currency: draft.currency,
      lines: pricedLines(terms.sale.lines, quote),
      shipping: shipping && { title: shipping.title, priceMinor: shipping.priceMinor },
      totals: quote.totals,
      note: draft.note,
      tags: terms.tags,
      locale: draft.locale,
      until: terms.until,
      reservedUntil: terms.reservedUntil,
      requestedAt: terms.requestedAt,
      paymentUrl: await this.shop.urlOf(
        store,
        this.drafts.pathOf(store, draft.checkoutId),
        draft.locale,
      ),
      orderId: draft.orderId,
    };
  }
}

function numberView({ number, country, check }: NonNullable<Draft['vatNumber']>) {
  return { number, country, check };
}
