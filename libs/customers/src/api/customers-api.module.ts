import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers.module';
import { ContactMessagesController } from './contact-messages.controller';
import { NewsletterSignUpsController } from './newsletter-sign-ups.controller';

/** What customers offers over HTTP. */
@Module({
  imports: [CustomersModule],
  controllers: [ContactMessagesController, NewsletterSignUpsController],
})
export class CustomersApiModule {}
