const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** Gateway API's durations, `^([0-9]{1,5}(h|m|s|ms)){1,4}$`, in milliseconds. @see https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
export function milliseconds(duration: string): number {
  return [...duration.matchAll(/(\d+)(ms|h|m|s)/g)].reduce(
    (sum, [, count = '0', unit = 'ms']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}
