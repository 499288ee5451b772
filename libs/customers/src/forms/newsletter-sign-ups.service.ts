import { Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import type { StoreReader, StoreWriter } from '@platform/database';
import { customersErrors } from '../customers.errors';

/** Somebody who asked for a store's newsletter. */
export interface NewsletterSignUp {
  id: string;
  email: string;
  /** The path of the page whose form was sent. */
  source: string;
  locale: string;
  consentedAt: Date;
}

const columns = 'sign_up_id AS id, email, source, locale, consented_at AS "consentedAt"';

/** Who asked for a store's newsletter, when and where: each address once. */
@Injectable()
export class NewsletterSignUps {
  /**
   * Keeps an address; one that is known stays as it is, with the consent that was given first. Nothing tells the two
   * apart, so that nobody learns by a form who has signed up.
   */
  async signUp(
    store: StoreWriter,
    { email, source, locale }: Pick<NewsletterSignUp, 'email' | 'source' | 'locale'>,
  ): Promise<void> {
    await store.execute(
      `INSERT INTO newsletter_sign_ups (store_id, sign_up_id, email, source, locale)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (store_id, email) DO NOTHING`,
      [store.storeId, newId(), email.toLowerCase(), source, locale],
    );
  }

  /** The sign-ups, newest first. */
  list(
    store: StoreReader,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<NewsletterSignUp[]> {
    return store.query<NewsletterSignUp>(
      `SELECT ${columns} FROM newsletter_sign_ups
       WHERE store_id = $1 AND ($2::uuid IS NULL OR sign_up_id < $2) ORDER BY sign_up_id DESC LIMIT $3`,
      [store.storeId, before, limit],
    );
  }

  /** @throws customers.sign-up-not-found */
  async delete(store: StoreWriter, signUpId: string): Promise<void> {
    const gone = await store.execute(
      'DELETE FROM newsletter_sign_ups WHERE store_id = $1 AND sign_up_id = $2',
      [store.storeId, signUpId],
    );
    if (gone === 0) throw customersErrors.error('sign-up-not-found');
    store.record({
      action: 'newsletter-sign-up.deleted',
      target: { kind: 'newsletter-sign-up', id: signUpId },
    });
  }
}
