/** One number plate, as a camera at the roadside read it. */
export interface Reading {
  readonly camera: string;
  readonly plate: string;
  readonly speed_kmh: number;
  readonly read_at: string;
}

const START_MS = Date.UTC(2026, 0, 1, 8);

function reading(camera: string, second: number, car: number): Reading {
  return {
    camera,
    // Some cars come back: there are only so many plates.
    plate: `X-${String((car * 7_919) % 61).padStart(4, "0")}`,
    speed_kmh: 38 + ((car * 37) % 23) + (car % 40 === 0 ? 35 : 0),
    read_at: new Date(START_MS + second * 1000).toISOString(),
  };
}

/** Invented: a bridge with a car every 4 s, a tunnel that is closed for a while, and readings that arrive late. */
export function readings(): Reading[] {
  const bridge = Array.from({ length: 180 }, (_, car) => reading("bridge", car * 4, car));
  const tunnel = Array.from({ length: 120 }, (_, car) => reading("tunnel", car * 7, 1_000 + car));
  const isOpen = ({ read_at }: Reading) => read_at < "2026-01-01T08:04" || read_at >= "2026-01-01T08:11";
  const arrivals = [...bridge, ...tunnel.filter(isOpen)].sort((a, b) => (a.read_at < b.read_at ? -1 : 1));
  // A camera lost its network: two readings come in when they can still be counted, one when it cannot.
  const delayed = [reading("bridge", 290, 501), reading("bridge", 295, 502)];
  const lost = reading("bridge", 30, 503);
  const comeBack = arrivals.findIndex(({ read_at }) => read_at >= "2026-01-01T08:05:25");
  return [...arrivals.slice(0, comeBack), ...delayed, ...arrivals.slice(comeBack), lost];
}
