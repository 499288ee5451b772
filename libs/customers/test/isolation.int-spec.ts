import {
  ContactMessages,
  Customers,
  CustomersModule,
  Consents,
  MailedCodes,
  NewsletterSignUps,
} from '@libs/customers';
import { isolationSuite } from '@testing';
import { CustomerSessions } from '../src/account/customer-sessions.service';
import { CustomerAddresses } from '../src/people/customer-addresses.service';
import { CustomerGroups } from '../src/people/customer-groups.service';

const nowhere = {
  firstName: '',
  lastName: '',
  company: '',
  address1: '',
  address2: '',
  zip: '',
  city: '',
  province: '',
  country: 'DE',
  phone: '',
};

isolationSuite({
  modules: [CustomersModule],
  tables: [
    'contact_messages',
    'newsletter_sign_ups',
    'customers',
    'customer_addresses',
    'customer_consents',
    'customer_groups',
    'customer_group_members',
    'customer_sessions',
    'customer_codes',
  ],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      const email = 'ada@example.test';
      const message = { email, name: 'Ada', phone: '', body: 'Hello', fields: {} };
      await lab.get(ContactMessages).receive(store, { ...message, page: '/', locale: 'en' });
      await lab.get(NewsletterSignUps).signUp(store, { email, source: '/', locale: 'en' });
      const buyer = { email, firstName: 'Ada', lastName: '', phone: null, locale: 'en' };
      const id = (await lab.get(Customers).findOrCreateByEmail(store, buyer)) as string;
      await lab.get(CustomerAddresses).add(store, id, nowhere);
      const yes = { kind: 'email_marketing', granted: true, source: '/' } as const;
      await lab.get(Consents).record(store, id, yes);
      const group = await lab.get(CustomerGroups).create(store, 'Friends');
      await lab.get(CustomerGroups).changeMembers(store, group.id, { add: [id], remove: [] });
      await lab.get(CustomerSessions).open(store, id);
      await lab.get(MailedCodes).issue(store, id, 'sign_in');
    }),
});
