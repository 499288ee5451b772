export { ThemesWorkerModule } from './themes-worker.module';
