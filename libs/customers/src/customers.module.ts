import { Module } from '@nestjs/common';
import { CustomerAccounts } from './account/customer-accounts.service';
import { CustomerSessions } from './account/customer-sessions.service';
import { MailedCodes } from './account/mailed-codes.service';
import { ContactMessages } from './forms/contact-messages.service';
import { NewsletterSignUps } from './forms/newsletter-sign-ups.service';
import { Consents } from './people/consents.service';
import { CustomerAddresses } from './people/customer-addresses.service';
import { CustomerGroups } from './people/customer-groups.service';
import { Customers } from './people/customers.service';

const services = [
  Customers,
  CustomerAddresses,
  CustomerGroups,
  Consents,
  CustomerAccounts,
  CustomerSessions,
  MailedCodes,
  ContactMessages,
  NewsletterSignUps,
];

/** Whom a store knows, and people who write to it. */
@Module({ providers: services, exports: services })
export class CustomersModule {}
