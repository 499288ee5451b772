import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { theme } from '@contract/themes';
import { ThemeDeleted, ThemePublished, Themes } from '@libs/themes';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { WebhookRecorder } from '../../webhooks/webhook-recorder.service';
import { shaped } from './shaped';

/** themes/publish */
@Injectable()
@HandlesEvent(ThemePublished)
export class TellThemePublished implements EventHandler<typeof ThemePublished> {
  constructor(
    @Inject(WebhookRecorder) private readonly recorder: WebhookRecorder,
    @Inject(Themes) private readonly themes: Themes,
  ) {}

  async handle(
    { themeId }: z.output<typeof ThemePublished.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'themes/publish';
    await this.recorder.react(context, [topic], async (store) => {
      const found = (await this.themes.list(store)).find(({ id }) => id === themeId);
      if (!found) return [];
      return [{ topic, resourceId: themeId, payload: shaped(theme, found) }];
    });
  }
}

/** themes/delete */
@Injectable()
@HandlesEvent(ThemeDeleted)
export class TellThemeDeleted implements EventHandler<typeof ThemeDeleted> {
  constructor(@Inject(WebhookRecorder) private readonly recorder: WebhookRecorder) {}

  async handle(
    { themeId: id }: z.output<typeof ThemeDeleted.payload>,
    context: JobContext,
  ): Promise<void> {
    const topic = 'themes/delete';
    await this.recorder.react(context, [topic], () =>
      Promise.resolve([{ topic, resourceId: id, payload: { id } }]),
    );
  }
}
