import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers.module';
import { ContactMessagesController } from './contact-messages.controller';
import { CustomerGroupsController } from './customer-groups.controller';
import { CustomersController } from './customers.controller';
import { NewsletterSignUpsController } from './newsletter-sign-ups.controller';

/** What customers offers over HTTP. */
@Module({
  imports: [CustomersModule],
  controllers: [
    CustomersController,
    CustomerGroupsController,
    ContactMessagesController,
    NewsletterSignUpsController,
  ],
})
export class CustomersApiModule {}
