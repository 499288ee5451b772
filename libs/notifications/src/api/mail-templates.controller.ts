import { Body, Controller, Get, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Accounts } from '@libs/identity';
import { Stores } from '@libs/stores';
import type { Actor } from '@platform/audit';
import { Db, type StoreReader } from '@platform/database';
import { Answers, CurrentActor, Requires, httpErrors } from '@platform/http';
import { Mailer } from '@platform/mail';
import {
  mailPreview,
  mailPreviewInput,
  mailTemplate,
  mailTemplateInput,
  mailTemplateKey,
  mailTemplateList,
  mailTest,
} from '../contract';
import { mailLanguages } from '../mails/mail-kinds';
import { MailTemplates } from '../mails/mail-templates.service';

type Wish = z.output<typeof mailPreviewInput>;

/** The words of the mails that a store sends. */
@ApiTags('mails')
@Controller('stores/:storeId/mail-templates')
export class MailTemplatesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(MailTemplates) private readonly templates: MailTemplates,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  /** All kinds in all languages of the store and of ours. */
  @Get()
  @Requires('settings.view')
  @Answers(200, mailTemplateList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, async (store) => {
      const { locale, otherLocales } = await this.stores.get(store);
      const locales = [...new Set([locale, ...otherLocales, ...mailLanguages])];
      return this.templates.list(store, locales);
    });
    return { items, nextCursor: null };
  }

  @Put()
  @Requires('settings.edit')
  @Answers(200, mailTemplate)
  save(
    @Param('storeId') storeId: string,
    @Body({ schema: mailTemplateInput })
    { kind, locale, ...words }: z.output<typeof mailTemplateInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        await this.templates.save(store, kind, locale, words);
        return this.templates.get(store, kind, locale);
      },
      { actor },
    );
  }

  /** Back to our words. */
  @Post('resets')
  @Requires('settings.edit')
  @Answers(200, mailTemplate)
  reset(
    @Param('storeId') storeId: string,
    @Body({ schema: mailTemplateKey }) { kind, locale }: z.output<typeof mailTemplateKey>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(
      storeId,
      async (store) => {
        await this.templates.reset(store, kind, locale);
        return this.templates.get(store, kind, locale);
      },
      { actor },
    );
  }

  /** The mail with made-up contents, in both of its forms; keeps and sends nothing. */
  @Post('previews')
  @Requires('settings.view')
  @Answers(200, mailPreview)
  preview(
    @Param('storeId') storeId: string,
    @Body({ schema: mailPreviewInput }) wish: z.output<typeof mailPreviewInput>,
  ) {
    return this.db.read(storeId, (store) => this.compose(store, wish));
  }

  /** The same as a mail to whoever asks, and to nobody else. */
  @Post('tests')
  @Requires('settings.edit')
  @Answers(200, mailTest)
  async test(
    @Param('storeId') storeId: string,
    @Body({ schema: mailPreviewInput }) wish: z.output<typeof mailPreviewInput>,
    @CurrentActor() { userId }: Actor,
  ) {
    const user =
      userId === null ? null : await this.db.outsideStores((tx) => this.accounts.find(tx, userId));
    if (!user) throw httpErrors.error('unauthenticated');
    const mail = await this.db.read(storeId, (store) => this.compose(store, wish));
    await this.mailer.send({ to: user.email, ...mail });
    return { to: user.email };
  }

  private async compose(store: StoreReader, { kind, locale, subject, body }: Wish) {
    const now = await this.templates.get(store, kind, locale);
    const text = { subject: subject ?? now.subject, body: body ?? now.body };
    const { name } = await this.stores.get(store);
    return this.templates.preview(kind, text, { locale, store: name });
  }
}
