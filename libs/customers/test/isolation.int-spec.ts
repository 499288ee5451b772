import { ContactMessages, CustomersModule, NewsletterSignUps } from '@libs/customers';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [CustomersModule],
  tables: ['contact_messages', 'newsletter_sign_ups'],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      const email = 'ada@example.test';
      const message = { email, name: 'Ada', phone: '', body: 'Hello', fields: {} };
      await lab.get(ContactMessages).receive(store, { ...message, page: '/', locale: 'en' });
      await lab.get(NewsletterSignUps).signUp(store, { email, source: '/', locale: 'en' });
    }),
});
