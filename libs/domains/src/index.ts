export { DomainsModule } from './domains.module';
export { Hostnames } from './hostnames.service';
export { ShopAddress } from './shop-address.service';
export { HostnameMachine } from './machine/hostname-machine.service';
export { AdvanceHostname } from './advance-hostname.job';
export { CertificateStored, HostnameChanged } from './domains.events';
export { domainsErrors } from './domains.errors';
