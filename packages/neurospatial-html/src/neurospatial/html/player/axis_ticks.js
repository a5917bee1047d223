/** Round numbers along an axis, and how numbers are written. */

/**
 * Round numbers in [low, high], about `wanted` of them.
 * @returns {{values: number[], decimals: number, step: number}}
 */
export function computeTicks(low, high, wanted = 5) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return { values: [], decimals: 0, step: 0 };
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const values = [];
  const last = Math.floor(high / step + 1e-9);
  // Adding nothing turns -0 into 0.
  for (let k = Math.ceil(low / step - 1e-9); k <= last; k++) values.push(k * step + 0);
  return { values, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), step };
}

/**
 * A tick's number; very large and very small ones with a power of ten.
 * @param {number} step to the next one, from which it is told apart
 */
export function formatTick(value, decimals, step = 0) {
  const size = Math.abs(value);
  const digits = step > 0 && size > 0 ? Math.ceil(Math.log10(size / step) - 1e-9) : 0;
  if ((size >= 1e6 && (digits <= 3 || size >= 1e15)) || decimals > 5) {
    const shown = Math.min(20, Math.max(2, digits));
    const words = size === 0 ? "0" : value.toExponential(shown);
    return words.replace(/(\.\d*?)0+e/, "$1e").replace(".e", "e").replace("e+", "e");
  }
  return useMinusSign(value.toFixed(decimals));
}

/** A place along an axis: true to 1/10,000 of what is in view. @param {number} span of the view */
export function formatCoordinate(value, span) {
  const digits = Math.ceil(Math.log10(Math.abs(value) / span)) + 5;
  if (!(digits > 6)) return formatNumber(value);
  return useMinusSign(String(Number(value.toPrecision(Math.min(16, digits)))));
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
