/** QR codes as SVG: one path of horizontal bars, without styles or scripts. */

import { encode } from 'uqr';

const QUIET = 4; // modules of white around, as the standard asks

/** An SVG element, as text, that scales with its box. */
export function qrSvg(text: string): string {
  if (text === '') throw new TypeError('nothing to show as a code');
  const { size, path } = qrPath(text);
  return `<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges"`
    + ` xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="M0 0h${size}v${size}H0z"/>`
    + `<path fill="#000" d="${path}"/></svg>`;
}

/** The size of a code, quiet zone included, and the path of its dark modules. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { data } = encode(text, { ecc: 'M', border: 0 });
  const path = data.flatMap((row, y) => bars(row, y + QUIET)).join('');
  return { size: data.length + 2 * QUIET, path };
}

function bars(row: readonly boolean[], y: number): string[] {
  const found: string[] = [];
  let start = -1;
  for (let x = 0; x <= row.length; x += 1) {
    if (row[x] && start < 0) start = x;
    if (!row[x] && start >= 0) {
      found.push(`M${start + QUIET} ${y}h${x - start}v1h-${x - start}z`);
      start = -1;
    }
  }
  return found;
}
