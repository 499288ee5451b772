export { CustomersRendererModule } from './customers-renderer.module';
export { ContactMessages } from '../forms/contact-messages.service';
export { NewsletterSignUps } from '../forms/newsletter-sign-ups.service';
export { CustomerAccounts } from '../account/customer-accounts.service';
export { CustomerSessions, sessionDays } from '../account/customer-sessions.service';
export { CustomerAddresses, type CustomerAddress } from '../people/customer-addresses.service';
export type { Customer } from '../people/customer';
