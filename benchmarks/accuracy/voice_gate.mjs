/** Lets the talks' own voice gate hear a recording: 16 kHz samples (float32, little-endian) on
 * standard input, seconds of patience as arguments; prints what it said, and when, as JSON. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const FRAME = 320;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const bundle = await esbuild.build({
  entryPoints: [path.join(root, "static/src/conversation/voice_gate.ts")],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
});
const source = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
const { VoiceGate, FRAME_SECONDS } = await import(`data:text/javascript;base64,${source}`);

const sent = readFileSync(0);
const samples = new Float32Array(sent.buffer.slice(sent.byteOffset, sent.byteOffset + sent.length));

function said(patience) {
  const gate = new VoiceGate(patience);
  const events = [];
  for (let at = 0; at + FRAME <= samples.length; at += FRAME) {
    const event = gate.hear(samples.subarray(at, at + FRAME));
    if (event) events.push([event, (at / FRAME + 1) * FRAME_SECONDS]);
  }
  return events;
}

console.log(JSON.stringify(process.argv.slice(2).map((patience) => said(Number(patience)))));
