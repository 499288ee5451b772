import { Module } from '@nestjs/common';
import { CertificateStore } from './certificate-store.service';
import { HostDirectory } from './host-directory.service';

export { CertificateStore, type ServedCertificate } from './certificate-store.service';
export { HostDirectory, type HostEntry } from './host-directory.service';

/** What a renderer asks: whose host is this, which certificate, which challenge answer. */
@Module({
  providers: [HostDirectory, CertificateStore],
  exports: [HostDirectory, CertificateStore],
})
export class DomainsRendererModule {}
