import { Inject, Injectable } from '@nestjs/common';
import { Db } from '@platform/database';
import { OnSchedule, type ScheduleHandler } from '@platform/outbox';

const everyMs = 600_000;
/** What one look takes; what is left is there at the next. */
const batch = 500;

/** Forgets who was reminded of a cart once the time is over for which that is kept. */
@Injectable()
@OnSchedule('notifications.forget-cart-mails', { everyMs })
export class ForgetCartMails implements ScheduleHandler {
  constructor(@Inject(Db) private readonly db: Db) {}

  async tick(): Promise<void> {
    await this.db.acrossStores('forget who was reminded of carts', (tx) =>
      tx.execute(
        `DELETE FROM abandoned_cart_mails m USING (SELECT store_id, checkout_id FROM abandoned_cart_mails
           WHERE kept_until <= now() LIMIT ${batch} FOR UPDATE SKIP LOCKED) old
         WHERE m.store_id = old.store_id AND m.checkout_id = old.checkout_id`,
      ),
    );
  }
}
