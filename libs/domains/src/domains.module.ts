import { Module } from '@nestjs/common';
import { StoresModule } from '@libs/stores';
import { Authority } from './certificates/authority.service';
import { CertOrders } from './certificates/cert-orders.service';
import { OrderFaults } from './certificates/order-faults.service';
import { OrderSteps } from './certificates/order-steps.service';
import { StoreCertificate } from './certificates/store-certificate.service';
import { Hostnames } from './hostnames.service';
import { HostnameChecks } from './machine/hostname-checks.service';
import { HostnameMachine } from './machine/hostname-machine.service';
import { ShopAddress } from './shop-address.service';

/** Hostnames and their certificates. */
@Module({
  imports: [StoresModule],
  providers: [
    Hostnames,
    ShopAddress,
    HostnameMachine,
    HostnameChecks,
    CertOrders,
    OrderSteps,
    OrderFaults,
    StoreCertificate,
    Authority,
  ],
  exports: [Hostnames, ShopAddress, HostnameMachine, Authority],
})
export class DomainsModule {}
