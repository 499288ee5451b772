import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { decodeIds, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, pageQuery, versionTag } from '@platform/http';
import {
  consentInput,
  consentList,
  customer,
  customerExport,
  customerFilter,
  customerInput,
  customerList,
  customerPatch,
} from '../contract';
import { Consents } from '../people/consents.service';
import { CustomerAddresses } from '../people/customer-addresses.service';
import { CustomerGroups } from '../people/customer-groups.service';
import { Customers } from '../people/customers.service';

const id = z.uuid();
const listQuery = pageQuery.extend(customerFilter.shape);

/** Whom a store knows. */
@ApiTags('customers')
@Controller('stores/:storeId/customers')
export class CustomersController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(CustomerAddresses) private readonly addresses: CustomerAddresses,
    @Inject(Consents) private readonly consents: Consents,
    @Inject(CustomerGroups) private readonly groups: CustomerGroups,
  ) {}

  @Get()
  @Requires('customers.view')
  @Answers(200, customerList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: listQuery }) { limit, cursor, ...filter }: z.output<typeof listQuery>,
  ) {
    const [before = null] = decodeIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.customers.list(store, filter, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, (row) => [row.id]);
  }

  @Post()
  @Requires('customers.edit')
  @Answers(201, customer)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: customerInput }) input: z.output<typeof customerInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.customers.create(store, input), { actor });
  }

  @Get(':customerId')
  @Requires('customers.view')
  @Answers(200, customer)
  async get(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.customers.get(store, customerId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':customerId')
  @Requires('customers.edit')
  @Answers(200, customer)
  update(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @Body({ schema: customerPatch }) { version, ...patch }: z.output<typeof customerPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (store) => this.customers.update(store, customerId, patch, { version, ifMatch }),
      { actor },
    );
  }

  /** Takes out everything that tells who the customer was; orders stay and become anonymous. */
  @Delete(':customerId')
  @Requires('customers.erase')
  @Answers(204)
  erase(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.customers.erase(store, customerId), { actor });
  }

  @Get(':customerId/consents')
  @Requires('customers.view')
  @Answers(200, consentList)
  listConsents(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
  ) {
    return this.db.read(storeId, async (store) => {
      await this.customers.get(store, customerId);
      return { items: await this.consents.list(store, customerId), nextCursor: null };
    });
  }

  /** Notes what the customer allowed or took back by another way than the storefront. */
  @Post(':customerId/consents')
  @Requires('customers.edit')
  @Answers(201, customer)
  recordConsent(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
    @Body({ schema: consentInput }) input: z.output<typeof consentInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        await this.customers.get(store, customerId);
        await this.consents.record(store, customerId, input);
        return this.customers.get(store, customerId);
      },
      { actor },
    );
  }

  /** What the customer may ask for: everything that is kept of them here. */
  @Get(':customerId/export')
  @Requires('customers.export')
  @Answers(200, customerExport)
  export(
    @Param('storeId') storeId: string,
    @Param('customerId', { schema: id }) customerId: string,
  ) {
    return this.db.read(storeId, async (store) => {
      const found = await this.customers.get(store, customerId);
      const groups = await this.groups.list(store);
      return {
        customer: found,
        addresses: await this.addresses.list(store, customerId),
        consents: await this.consents.list(store, customerId),
        groups: groups.filter((one) => found.groupIds.includes(one.id)).map((one) => one.name),
        records: await this.customers.recordsOf(store, customerId),
      };
    });
  }
}
