export { CustomersModule } from './customers.module';
export { Customers } from './people/customers.service';
export type { Customer } from './people/customer';
export { Consents } from './people/consents.service';
export { CustomerAddresses } from './people/customer-addresses.service';
export { MailedCodes } from './account/mailed-codes.service';
export {
  CustomerChanged,
  CustomerCodeRequested,
  CustomerErased,
  CustomerVerified,
} from './customers.events';
export { ContactMessages } from './forms/contact-messages.service';
export { NewsletterSignUps } from './forms/newsletter-sign-ups.service';
