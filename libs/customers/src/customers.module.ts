import { Module } from '@nestjs/common';
import { ContactMessages } from './contact-messages.service';
import { NewsletterSignUps } from './newsletter-sign-ups.service';

const services = [ContactMessages, NewsletterSignUps];

/** People who write to a store. */
@Module({ providers: services, exports: services })
export class CustomersModule {}
