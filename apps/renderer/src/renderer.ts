import { NestFactory } from '@nestjs/core';
import type { PlatformOptions } from '@libs/platform';
import { Bus } from '@platform/cache';
import { Db } from '@platform/database';
import { HealthServer, type Running } from '@platform/process';
import { Log, Metrics, NestLog } from '@platform/telemetry';
import { StoreResolver } from './1-resolve-store/resolve-store';
import { Stamps } from './page-cache/stamps';
import { RendererModule } from './renderer.module';
import { ShopServer } from './shop-server';

/** A renderer at work. */
export interface Renderer extends Running {
  /** Where it answers, for callers that asked for free ports. */
  ports: { port: number; tlsPort: number };
}

/**
 * Starts the shopper's door.
 * @throws EADDRINUSE when a port is taken
 */
export async function startRenderer(options: PlatformOptions): Promise<Renderer> {
  const app = await NestFactory.createApplicationContext(RendererModule.forRoot(options), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new NestLog(app.get(Log)));
  const stamps = app.get(Stamps);
  const bus = app.get(Bus);
  bus.subscribe(({ storeId, v }) => stamps.raise(storeId, v));
  bus.onDropped(() => {
    stamps.forget();
    app.get(StoreResolver).forget();
  });
  const db = app.get(Db);
  const metrics = app.get(Metrics);
  const health = new HealthServer({ ready: () => db.ping(), metrics: () => metrics.text() });
  const server = app.get(ShopServer);
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), health.close()]);
    await app.close();
  };
  try {
    await health.listen(options.config.shop.healthPort, options.config.bind);
    return { ports: await server.listen(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
