export { MediaModule } from './media.module';
export { Blobs, type NewBlob } from './blobs/blobs.service';
export { Images, type Image, type ReadyImage } from './images/images.service';
export { imageView } from './images/image-view';
export { ImageFailed, ImageReady } from './media.events';
export { mediaErrors } from './media.errors';
