import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readDemoCatalogue } from './demo-catalogue';

const file = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

test('takes the names of our own pictures out of the file, in order, by handle', () => {
  const { csv, pictures } = readDemoCatalogue(
    file(
      'Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text',
      'lamp,Lamp,90.00,pictures/lamp.webp,1,"A lamp, lit"',
      'lamp,,,pictures/lamp-2.webp,2,',
      'cup,Cup,12.00,https://pictures.example/cup.jpg,1,A cup',
    ),
  );
  expect(pictures).toEqual(
    new Map([
      [
        'lamp',
        [
          { file: 'pictures/lamp.webp', alt: 'A lamp, lit' },
          { file: 'pictures/lamp-2.webp', alt: '' },
        ],
      ],
    ]),
  );
  expect(csv.toString()).toBe(
    file(
      'Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text',
      'lamp,Lamp,90.00,,,',
      'cup,Cup,12.00,https://pictures.example/cup.jpg,1,A cup',
    ).toString(),
  );
});

test('every picture that the demo names is there', () => {
  const named = [...readDemoCatalogue().pictures.values()].flat();
  expect(named.length).toBeGreaterThan(0);
  for (const { file } of named)
    expect([file, existsSync(join(__dirname, file))]).toEqual([file, true]);
});

test('a row keeps what it says beside a picture, and names no file of ours', () => {
  const { csv } = readDemoCatalogue(
    file(
      'Title,URL handle,SKU,Product image URL,Variant image URL',
      'Cup,cup,C-1,,pictures/cup.webp',
      ',cup,C-2,pictures/cup.webp,',
    ),
  );
  expect(csv.toString()).toBe(
    file(
      'Title,URL handle,SKU,Product image URL,Variant image URL',
      'Cup,cup,C-1,,',
      ',cup,C-2,,',
    ).toString(),
  );
});
