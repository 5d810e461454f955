import { createRowKernel, entryBytes, loudenTable, rowUnit } from './row-kernel.ts';

/** The voices of a question, in memory that WebAssembly works on. */
export interface VoiceDesk {
  /** voices × items, row after row */
  readonly loudness: Float32Array;
  /** Turns each value of a voice into log(1 + value × scale); what is not above 0 becomes 0. */
  louden(voice: number, scale: number): void;
  /** The weighted sum of the voices for every item: valid until the next call. @param weights one for each voice */
  mix(weights: ArrayLike<number>): Float32Array;
}

const vectorBytes = 16;

/** Opens a desk; it is as large as its voices and may be used for question after question. */
export function openVoiceDesk(voices: number, items: number): VoiceDesk {
  const whole = (bytes: number) => Math.ceil(bytes / rowUnit) * rowUnit;
  const entries = Math.ceil(voices / 4) * 4;
  const table = loudenTable();
  const tailAt = whole(table.byteLength);
  const listAt = tailAt + rowUnit;
  const sumAt = listAt + whole(entries * entryBytes);
  const rowBytes = items * 4;
  const loudnessAt = sumAt + whole(rowBytes);
  // A row's end may lie within a unit: what is read behind the last row must be there.
  const pages = Math.ceil((loudnessAt + voices * rowBytes + rowUnit) / 65_536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernel = createRowKernel(memory);
  const part = (from: number, length: number) => new Float32Array(memory.buffer, from, length);
  part(0, table.length).set(table);
  const scaleAt = part(0, 1);
  const tail = part(tailAt, vectorBytes / 4);
  const places = new Int32Array(memory.buffer, listAt, entries * 2);
  const listed = part(listAt, entries * 2);
  const sum = part(sumAt, items);
  const loudness = part(loudnessAt, voices * items);
  const vectors = Math.floor(rowBytes / vectorBytes) * vectorBytes;
  return {
    loudness,
    louden(voice, scale) {
      const from = loudnessAt + voice * rowBytes;
      scaleAt[0] = scale;
      if (vectors > 0) kernel.louden(from, from + vectors, 0);
      if (vectors === rowBytes) return;
      const rest = loudness.subarray(voice * items + vectors / 4, (voice + 1) * items);
      tail.fill(0).set(rest);
      kernel.louden(tailAt, tailAt + vectorBytes, 0);
      rest.set(tail.subarray(0, rest.length));
    },
    mix(weights) {
      sum.fill(0);
      let heard = 0;
      for (let voice = 0; voice < voices; voice += 1) {
        const weight = weights[voice] ?? 0;
        if (weight === 0) continue;
        places[2 * heard] = loudnessAt + voice * rowBytes;
        listed[2 * heard + 1] = weight;
        heard += 1;
      }
      if (heard === 0 || items === 0) return sum;
      // What fills the last four up is any row, unheard.
      while (heard % 4 !== 0) {
        places[2 * heard] = loudnessAt;
        listed[2 * heard + 1] = 0;
        heard += 1;
      }
      kernel.addRows(listAt, listAt + heard * entryBytes, sumAt, whole(rowBytes));
      return sum;
    },
  };
}

let remembered: { readonly items: number; readonly voices: number; readonly desk: VoiceDesk } | null = null;

/** This thread's desk for questions that are done with before the next one is asked. */
export function ownVoiceDesk(voices: number, items: number): VoiceDesk {
  if (remembered?.items !== items || remembered.voices !== voices)
    remembered = { items, voices, desk: openVoiceDesk(voices, items) };
  return remembered.desk;
}
