/** The four layouts go-yaml takes for a timestamp, in one expression; Go lets a comma stand for the decimal point. */
const layouts =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?:[Tt](?<zoned>\d\d?:\d\d?:\d\d?(?:[.,]\d+)?)(?<zone>Z|[+-]\d\d:\d\d))|(?: +(?<local>\d\d?:\d\d?:\d\d?(?:[.,]\d+)?)))?$/;

/**
 * A timestamp as Go's `time.Time.MarshalText` writes it (RFC 3339, at most nanoseconds), if go-yaml takes the plain
 * scalar for one: https://github.com/yaml/go-yaml/blob/v3.0.4/resolve.go, "allowedTimestampFormats".
 *
 * @returns undefined when it is none; `invalid` when Go reads it but cannot write it
 */
export function goTimestamp(source: string): string | 'invalid' | undefined {
  const groups = layouts.exec(source)?.groups;
  if (groups === undefined) return undefined;
  const { year = '', month = '', day = '', zone = 'Z' } = groups;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  const [clock = '', fraction = ''] = (groups.zoned ?? groups.local ?? '0:0:0').split(/[.,]/);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const offset = goOffset(zone);
  if (offset === undefined || offset === 'invalid') return offset;
  const nanoseconds = fraction.slice(0, 9).replace(/0+$/, '');
  const date = `${year}-${twoDigits(Number(month))}-${twoDigits(Number(day))}`;
  const time = [hours, minutes, seconds].map(twoDigits).join(':');
  return `${date}T${time}${nanoseconds === '' ? '' : `.${nanoseconds}`}${offset}`;
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** Go reads offsets up to 24:60 and writes those below 24 hours. */
function goOffset(zone: string): string | 'invalid' | undefined {
  if (zone === 'Z') return 'Z';
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  if (hours > 24 || minutes > 60) return undefined;
  const total = hours * 60 + minutes;
  if (total === 0) return 'Z';
  if (total >= 24 * 60) return 'invalid';
  return `${zone[0]}${twoDigits(Math.floor(total / 60))}:${twoDigits(total % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
