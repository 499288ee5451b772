export { ThemesApiModule } from './themes-api.module';
