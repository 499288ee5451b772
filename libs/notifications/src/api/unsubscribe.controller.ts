import {
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isId } from '@libs/kernel';
import { Db } from '@platform/database';
import { Public } from '@platform/http';
import { MarketingConsent } from '../abandoned-carts/marketing-consent.service';
import { unsubscribePage } from '../abandoned-carts/unsubscribe-page';

const rules =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Where the unsubscribe links of mails lead: a page that asks, and one POST that does it (RFC 8058). */
@ApiExcludeController()
@Controller('unsubscribe/:shop/:checkoutId/:token')
@Public()
export class UnsubscribeController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(MarketingConsent) private readonly consent: MarketingConsent,
  ) {}

  @Get()
  ask(@Param() link: Link, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(link, reply, false);
  }

  @Post()
  @HttpCode(200)
  unsubscribe(@Param() link: Link, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(link, reply, true);
  }

  private async answer(
    { shop: storeId, checkoutId, token }: Link,
    reply: FastifyReply,
    done: boolean,
  ): Promise<void> {
    if (!isId(storeId) || !isId(checkoutId)) throw new NotFoundException();
    const mail = await this.db.write(storeId, async (store) => {
      const found = await this.consent.mailOf(store, checkoutId, token);
      const source = `mail about the cart ${checkoutId}`;
      if (found && done) await this.consent.withdraw(store, found.email, source);
      return found;
    });
    if (!mail) throw new NotFoundException();
    await reply
      .header('content-security-policy', rules)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(unsubscribePage(mail, done));
  }
}

interface Link {
  /** A store's id; under its usual name the guard of merchants' routes would ask who is there. */
  shop: string;
  checkoutId: string;
  token: string;
}
