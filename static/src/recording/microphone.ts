/** The microphone: whether there is one, which ones, and why one cannot be had. */

/** Texts of the same names stand in the recorder's template. */
export type Obstacle = "insecure" | "unsupported" | "denied" | "missing" | "busy" | "failed";

/** What browsers can write, best first: Safari writes mp4 only (and newer ones webm too). */
const TYPES = [
  "audio/webm;codecs=opus",
  "audio/mp4;codecs=mp4a.40.2",
  "audio/mp4",
  "audio/webm",
  "audio/ogg;codecs=opus",
];

export function recordingType(): string | undefined {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

/** What keeps this page from recording before anybody was asked; undefined when nothing does. */
export function obstacle(): Obstacle | undefined {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined")
    return "unsupported";
  if (!("indexedDB" in window) || !recordingType()) return "unsupported";
  return undefined;
}

export function obstacleOf(error: unknown): Obstacle {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "failed";
}

/**
 * Opens a microphone. Echo and noise filters stay off: they clip quiet word endings and swallow the hesitations that
 * are to be measured. The automatic gain stays on, as a take that is too quiet cannot be understood at all.
 */
export async function openMicrophone(deviceId: string): Promise<MediaStream> {
  const filters = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { ...filters, channelCount: 1, ...(deviceId && { deviceId: { exact: deviceId } }) },
    });
  } catch (error) {
    // the chosen one was unplugged since: any other is better than none
    if (deviceId && obstacleOf(error) === "missing") return openMicrophone("");
    throw error;
  }
}

/** The microphones to choose from; browsers tell their names only after permission was given. */
export async function microphones(): Promise<MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(
    (device) => device.kind === "audioinput" && device.deviceId && device.label,
  );
}
