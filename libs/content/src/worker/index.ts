export { ContentWorkerModule } from './content-worker.module';
