export { MediaWorkerModule } from './media-worker.module';
