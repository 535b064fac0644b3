/**
 * Images of NHWC in [-1, 1] side by side on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data @param {readonly number[]} shape of one image
 * @param {number} count @param {number} columns
 */
export function drawImages(canvas, data, [height = 0, width = 0, channels = 0], count, columns) {
  const gap = columns > 1 ? 1 : 0;
  const rows = Math.ceil(count / columns);
  canvas.width = columns * (width + gap) - gap;
  canvas.height = rows * (height + gap) - gap;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < count; i++) {
    const image = context.createImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const from = (i * width * height + pixel) * channels + Math.min(channel, channels - 1);
        image.data[4 * pixel + channel] = Math.round(((data[from] ?? 0) + 1) * 127.5);
      }
      image.data[4 * pixel + 3] = 255;
    }
    context.putImageData(image, (i % columns) * (width + gap), Math.floor(i / columns) * (height + gap));
  }
}

/**
 * Points of the plane, with one of them marked.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} cloud x and y in turn @param {ArrayLike<number>} point
 * @param {number} reach the largest coordinate
 */
export function drawPoints(canvas, cloud, point, reach) {
  const side = 640;
  canvas.width = side;
  canvas.height = side;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const place = (/** @type {number} */ x) => side / 2 + (x / reach) * (side / 2) * 0.94;
  context.fillStyle = dark ? '#7fb2ec' : '#28609e';
  context.globalAlpha = 0.45;
  for (let i = 0; i + 1 < cloud.length; i += 2)
    context.fillRect(place(cloud[i] ?? 0) - 2, side - place(cloud[i + 1] ?? 0) - 2, 4, 4);
  context.globalAlpha = 1;
  context.fillStyle = dark ? '#ffb454' : '#b22222';
  context.beginPath();
  context.arc(place(point[0] ?? 0), side - place(point[1] ?? 0), 10, 0, 2 * Math.PI);
  context.fill();
}

/**
 * A picture of an environment.
 * @param {HTMLCanvasElement} canvas @param {PageScene} scene
 */
export function drawScene(canvas, { width, height, shapes }) {
  const scale = 640 / width;
  canvas.width = 640;
  canvas.height = Math.round(height * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, -scale, 0, canvas.height);
  for (const { kind, points = [], centre = [0, 0], radius = 0, width: thick = 0, paint } of shapes) {
    context.fillStyle = context.strokeStyle = `rgb(${paint.join(' ')})`;
    context.lineWidth = thick;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    if (kind === 'disc') context.arc(centre[0], centre[1], radius, 0, 2 * Math.PI);
    for (const [x, y] of points) context.lineTo(x, y);
    if (kind === 'line') context.stroke();
    else context.fill();
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
}
