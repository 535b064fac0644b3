import { PNG } from 'pngjs';

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/** An opaque picture in memory, row by row from the top left, three bytes a pixel. */
export class Raster {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;

  constructor(width: number, height: number, background: Colour = [255, 255, 255]) {
    this.width = width;
    this.height = height;
    this.rgb = new Uint8ClampedArray(width * height * 3);
    for (let i = 0; i < this.rgb.length; i++) this.rgb[i] = background[i % 3]!;
  }

  /** Mixes a colour into one pixel; `opacity` from 0 to 1. Outside the picture nothing happens. */
  blend(x: number, y: number, colour: Colour, opacity = 1): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 3;
    for (let c = 0; c < 3; c++) this.rgb[at + c] = this.rgb[at + c]! * (1 - opacity) + colour[c]! * opacity;
  }

  /** A filled disc with soft edges, in pixels. */
  disc(x: number, y: number, radius: number, colour: Colour, opacity = 1): void {
    this.#round(x, y, radius, (distance) => opacity * (radius + 0.5 - distance), colour);
  }

  /** A circle one pixel wide, in pixels. */
  circle(x: number, y: number, radius: number, colour: Colour, opacity = 1): void {
    this.#round(x, y, radius, (distance) => opacity * (1 - Math.abs(distance - radius)), colour);
  }

  #round(
    x: number,
    y: number,
    radius: number,
    opacityAt: (distance: number) => number,
    colour: Colour,
  ): void {
    for (let row = Math.floor(y - radius - 1); row <= y + radius + 1; row++) {
      for (let column = Math.floor(x - radius - 1); column <= x + radius + 1; column++) {
        const opacity = Math.min(1, opacityAt(Math.hypot(column - x, row - y)));
        if (opacity > 0) this.blend(column, row, colour, opacity);
      }
    }
  }

  /** The picture as a PNG file. */
  png(): Buffer {
    const png = new PNG({ width: this.width, height: this.height });
    for (let i = 0, at = 0; i < this.rgb.length; at += 4) {
      png.data[at] = this.rgb[i++]!;
      png.data[at + 1] = this.rgb[i++]!;
      png.data[at + 2] = this.rgb[i++]!;
      png.data[at + 3] = 255;
    }
    return PNG.sync.write(png, { colorType: 2 });
  }
}
