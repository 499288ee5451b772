import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers.module';

/** What customers gives to the storefront: where its forms are kept. */
@Module({ imports: [CustomersModule], exports: [CustomersModule] })
export class CustomersRendererModule {}
