/** The most that a picture may take in a map, in letters of its address. */
export const LARGEST = 250_000;

const SIDES = [1024, 768, 512] as const;

/**
 * A picture as a `data:` address that is small enough for a map, made smaller where it has to be; undefined: it cannot be.
 *
 * @throws where the file is no picture.
 */
export async function smaller(file: File): Promise<string | undefined> {
  const bitmap = await createImageBitmap(file);
  try {
    for (const side of SIDES) {
      const address = drawn(bitmap, side);
      if (address.length <= LARGEST) return address;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, side: number): string {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.82);
}
