export { CustomersModule } from './customers.module';
export { ContactMessages, type ContactMessage } from './contact-messages.service';
export { NewsletterSignUps, type NewsletterSignUp } from './newsletter-sign-ups.service';
export { customersErrors } from './customers.errors';
