/** A QR code as inline SVG: nothing is loaded, and a telephone reads it from a screen of any size. */
import { encode } from 'uqr';

interface QrCodeProps {
  readonly words: string;
  readonly label: string;
}

export const QrCode = ({ words, label }: QrCodeProps) => {
  const { data, size } = encode(words, { border: 4, ecc: 'L' });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
