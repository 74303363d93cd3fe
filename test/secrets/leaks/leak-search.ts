import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text that must be seen nowhere, and the channel it was given through. */
export interface Marker {
  channel: string;
  text: string;
}

/** Bytes somebody could read, and a name for where they are. */
export interface Place {
  name: string;
  bytes: Buffer;
}

let serial = 0;

/** One line that reads differently in base64 and in a URL, and that nothing else holds. */
export function newMarker(channel: string): Marker {
  const unique = `${process.pid.toString(36)}${(serial++).toString(36).padStart(4, '0')}`;
  return { channel, text: `mark er+${unique}/ü=&${unique.split('').reverse().join('')}` };
}

/** Where a marker shows, as `channel in place (form)`. */
export function leaksIn(places: readonly Place[], markers: readonly Marker[]): string[] {
  return places.flatMap(({ name, bytes }) =>
    markers.flatMap(({ channel, text }) =>
      formsOf(text).flatMap(({ form, needle }) => (bytes.includes(needle) ? [`${channel} in ${name} (${form})`] : [])),
    ),
  );
}

/** Every regular file below a folder; what a link leads to is a place of its own. */
export function placesBelow(folder: string, name: string): Place[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const whole = join(folder, path);
    return lstatSync(whole).isFile() ? [{ name: `${name}/${path}`, bytes: readFileSync(whole) }] : [];
  });
}

/** The marker as it is, in a URL, in JSON, and in base64 wherever it may begin within what is encoded. */
function formsOf(text: string): { form: string; needle: string }[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at both ends are made of neighbours too.
    return { form: 'base64', needle: encoded.slice(offset === 0 ? 0 : offset + 1, -1) };
  });
  const plain = [
    { form: 'raw', needle: text },
    { form: 'URL', needle: encodeURIComponent(text) },
    { form: 'URL', needle: new URLSearchParams({ x: text }).toString().slice(2) },
    { form: 'JSON', needle: JSON.stringify(text).slice(1, -1) },
    { form: 'hex', needle: bytes.toString('hex') },
  ];
  const seen = new Set<string>();
  return [...plain, ...base64].filter(({ needle }) => !seen.has(needle) && seen.add(needle));
}
