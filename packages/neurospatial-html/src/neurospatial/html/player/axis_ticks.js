/** Round numbers along an axis, and how numbers are written. */

/**
 * Round numbers in [low, high], about `wanted` of them.
 * @returns {{values: number[], decimals: number}}
 */
export function computeTicks(low, high, wanted = 5) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return { values: [], decimals: 0 };
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const values = [];
  const last = Math.floor(high / step + 1e-9);
  // Adding nothing turns -0 into 0.
  for (let k = Math.ceil(low / step - 1e-9); k <= last; k++) values.push(k * step + 0);
  return { values, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

/** A tick's number; very large and very small ones with a power of ten. */
export function formatTick(value, decimals) {
  const size = Math.abs(value);
  if (size >= 1e6 || decimals > 5) {
    return size === 0 ? "0" : value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  return useMinusSign(value.toFixed(decimals));
}

/** A number with about three digits; zero where it is next to nothing of a span.
 * @param {number} value @param {number} span */
export function formatNumber(value, span = 0) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size < 1e-6 * span) return "0";
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return useMinusSign(value.toExponential(2));
  return useMinusSign(String(Number(value.toPrecision(size >= 1000 ? 6 : 4))));
}

function useMinusSign(words) {
  return /^-0(\.0*)?$/.test(words) ? words.slice(1) : words.replace("-", "−");
}
