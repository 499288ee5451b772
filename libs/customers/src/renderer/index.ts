export { CustomersRendererModule } from './customers-renderer.module';
export { ContactMessages } from '../contact-messages.service';
export { NewsletterSignUps } from '../newsletter-sign-ups.service';
