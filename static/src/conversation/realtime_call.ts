import { csrfToken } from "../connection/csrf";
import { obstacleOf } from "../recording/microphone";
import { retryAfter } from "../recording/retry";
import type { RealtimeEvent } from "./realtime_turns";

const SECRET_WITHIN_MS = 15_000;
const ANSWER_WITHIN_MS = 10_000;
const OPEN_WITHIN_MS = 15_000;
/** A connection that breaks off often comes back by itself. */
const BACK_WITHIN_MS = 5_000;
/** Who is told to wait longer than this (seconds) has used up the day. */
const A_WHILE = 300;

/** Why there is no call; `reason` names a text of the page. */
export class CallFailed extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

export interface CallEars {
  event(event: RealtimeEvent): void;
  /** It broke off by itself. */
  lost(): void;
}

interface Secret {
  value: string;
  calls_url: string;
}

/** A call with a realtime model over WebRTC: one's microphone there, its voice back, events on a data channel. */
export class RealtimeCall {
  private readonly peer = new RTCPeerConnection();
  private readonly channel = this.peer.createDataChannel("oai-events");
  private closed = false;

  private constructor(
    private readonly microphone: MediaStream,
    private readonly voice: HTMLAudioElement,
    private readonly ears: CallEars,
  ) {}

  /** Begins one for the talk `session`. Throws CallFailed; nothing stays open then. */
  static async begin(
    session: number,
    voice: HTMLAudioElement,
    ears: CallEars,
    onMicrophone: () => void,
  ): Promise<RealtimeCall> {
    const microphone = await openMicrophone();
    onMicrophone();
    const call = new RealtimeCall(microphone, voice, ears);
    try {
      await call.connect(await secretFor(session));
    } catch (error) {
      call.close();
      throw error instanceof CallFailed ? error : new CallFailed("not-connected");
    }
    return call;
  }

  mute(on: boolean): void {
    for (const track of this.microphone.getAudioTracks()) track.enabled = !on;
  }

  close(): void {
    this.closed = true;
    for (const track of this.microphone.getTracks()) track.stop();
    this.channel.close();
    this.peer.close();
    this.voice.srcObject = null;
  }

  private async connect(secret: Secret): Promise<void> {
    const { channel, peer } = this;
    for (const track of this.microphone.getAudioTracks()) peer.addTrack(track, this.microphone);
    peer.ontrack = ({ track, streams }) => {
      this.voice.srcObject = streams[0] ?? new MediaStream([track]);
      // Whoever keeps pages silent still reads what is said.
      void this.voice.play().catch(() => undefined);
    };
    channel.onmessage = ({ data }) => this.hear(String(data));
    const opened = this.opened();
    await peer.setLocalDescription(await peer.createOffer());
    const sdp = await answerTo(peer.localDescription?.sdp ?? "", secret);
    await peer.setRemoteDescription({ type: "answer", sdp });
    await opened;
    channel.onclose = () => this.lose();
    peer.onconnectionstatechange = () => this.watch();
    this.watch();
  }

  private opened(): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new CallFailed("not-connected")), OPEN_WITHIN_MS);
      this.channel.onopen = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    // Nobody may be waiting for it any more when the time is over.
    opened.catch(() => undefined);
    return opened;
  }

  private hear(data: string): void {
    let event: unknown;
    try {
      event = JSON.parse(data);
    } catch {
      return;
    }
    if (isEvent(event)) this.ears.event(event);
  }

  private watch(): void {
    const { connectionState } = this.peer;
    if (connectionState === "failed" || connectionState === "closed") this.lose();
    else if (connectionState === "disconnected") {
      setTimeout(() => {
        if (this.peer.connectionState === "disconnected") this.lose();
      }, BACK_WITHIN_MS);
    }
  }

  private lose(): void {
    if (this.closed) return;
    this.close();
    this.ears.lost();
  }
}

function isEvent(value: unknown): value is RealtimeEvent {
  return typeof value === "object" && value !== null && "type" in value;
}

async function openMicrophone(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia || typeof RTCPeerConnection === "undefined") {
    const isOld = window.isSecureContext;
    throw new CallFailed(`no-microphone-${isOld ? "unsupported" : "insecure"}`);
  }
  try {
    // The partner speaks while the microphone is open: its echo must not be heard as the learner.
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new CallFailed(`no-microphone-${obstacleOf(error)}`);
  }
}

async function secretFor(session: number): Promise<Secret> {
  const response = await asked("/api/v1/conversations/realtime-token/", SECRET_WITHIN_MS, {
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken(),
    },
    body: JSON.stringify({ session }),
  });
  if (response.ok) return (await response.json()) as Secret;
  if (response.status === 401 || response.status === 403) throw new CallFailed("signed-out");
  const wait = retryAfter(response.headers.get("Retry-After"));
  throw new CallFailed(response.status === 429 && wait > A_WHILE ? "limit" : "no-answer");
}

async function answerTo(offer: string, secret: Secret): Promise<string> {
  const response = await asked(secret.calls_url, ANSWER_WITHIN_MS, {
    headers: { Authorization: `Bearer ${secret.value}`, "Content-Type": "application/sdp" },
    body: offer,
  });
  if (response.ok) return response.text();
  const isBusy = response.status >= 500 || response.status === 429;
  throw new CallFailed(isBusy ? "no-answer" : "turned-away");
}

async function asked(address: string, within: number, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, {
      method: "POST",
      signal: AbortSignal.timeout(within),
      ...request,
    });
  } catch {
    throw new CallFailed(navigator.onLine ? "no-answer" : "no-line");
  }
}
