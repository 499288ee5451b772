import { readDemoCatalogue } from './demo-catalogue';

const file = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

test('takes the names of our own pictures out of the file, in order, by handle', () => {
  const { csv, pictures } = readDemoCatalogue(
    file(
      'Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text',
      'lamp,Lamp,90.00,lamp.webp,1,"A lamp, lit"',
      'lamp,,,lamp-2.webp,2,',
      'cup,Cup,12.00,https://pictures.example/cup.jpg,1,A cup',
    ),
  );
  expect(pictures).toEqual(
    new Map([
      [
        'lamp',
        [
          { file: 'lamp.webp', alt: 'A lamp, lit' },
          { file: 'lamp-2.webp', alt: '' },
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
