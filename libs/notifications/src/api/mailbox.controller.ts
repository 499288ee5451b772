import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '@platform/config';
import { Public } from '@platform/http';
import { type MailboxMail, MailboxMailer, Mailer } from '@platform/mail';
import { listPage, mailPage } from '../mailbox/mailbox-pages';

const most = 200;
/** The page has one style of its own and frames a mail of its own; it runs nothing and loads nothing. */
const pageRules =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'";
/** A mail is what somebody else wrote: no script, no form, no origin; its pictures are those that a mail program shows. */
const mailRules =
  "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; frame-ancestors 'self'";

/**
 * The mails that nobody sends, to be read in a browser: on a development machine only. Whoever reads them can become
 * anybody, so in production there is no such page, nor where a mail server is set.
 */
@ApiExcludeController()
@Controller('mailbox')
@Public()
export class MailboxController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query('q') words?: string | string[],
  ): Promise<void> {
    const q = typeof words === 'string' ? words.trim().slice(0, 200) : '';
    const mails = (await this.mails(request)).filter((mail) => matches(mail, q.toLowerCase()));
    await send(reply, listPage(mails.slice(0, most), { q, total: mails.length }), pageRules);
  }

  @Get(':name')
  async show(
    @Req() request: FastifyRequest,
    @Param('name') name: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, mailPage(await this.mail(request, name)), pageRules);
  }

  @Get(':name/html')
  async html(
    @Req() request: FastifyRequest,
    @Param('name') name: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { html = '' } = await this.mail(request, name);
    // helmet forbids all framing; the page above frames this one.
    void reply.removeHeader('x-frame-options');
    await send(reply, html, mailRules);
  }

  private async mail(request: FastifyRequest, name: string): Promise<MailboxMail> {
    const found = (await this.mails(request)).find((mail) => mail.name === name);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** Newest first. A page of another site whose name leads to this machine is not answered. */
  private async mails({ hostname }: FastifyRequest): Promise<MailboxMail[]> {
    const own = ['localhost', '127.0.0.1', '[::1]', new URL(this.config.api.url).hostname];
    const here = own.includes(hostname.replace(/:\d+$/, ''));
    if (this.config.production || !(this.mailer instanceof MailboxMailer) || !here)
      throw new NotFoundException();
    return (await this.mailer.list()).toReversed();
  }
}

function matches({ to, subject, from }: MailboxMail, q: string): boolean {
  return q === '' || [to, subject, from].some((text) => text.toLowerCase().includes(q));
}

async function send(reply: FastifyReply, html: string, rules: string): Promise<void> {
  await reply
    .header('content-security-policy', rules)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}
