import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { S3Mock } from '../../libs/testing/src/s3-mock';
import { type RedisServer, startRedis } from '../worker/test/redis-server';
import { openAStore } from './test/open-a-store';
import { describeWith } from './test/tools';
import { type Town, openTown } from './test/town';

jest.setTimeout(120_000);

describeWith(['pebble', 'redis-server'], 'open a store on Redis and S3', () => {
  let redis: RedisServer;
  let s3: S3Mock;
  let town: Town;

  beforeAll(async () => {
    redis = await startRedis();
    s3 = await S3Mock.start();
    town = await openTown({
      REDIS_URL: redis.url,
      S3_BUCKET: 'caravel',
      S3_ENDPOINT: s3.endpoint,
      S3_FORCE_PATH_STYLE: 'true',
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test-secret',
    });
  });
  afterAll(async () => {
    try {
      await town?.close();
    } finally {
      await s3?.close();
      await redis?.stop();
    }
  });

  openAStore(() => town);

  test('files are in S3 and not on this machine; jobs went through Redis', async () => {
    expect(s3.objects.size).toBeGreaterThan(10);
    expect(existsSync(join(town.deployment.home, 'data/blobs'))).toBe(false);
    const client = new Redis(redis.url);
    try {
      expect(await client.dbsize()).toBeGreaterThan(0);
    } finally {
      client.disconnect();
    }
  });
});
