/** The page for a new session: the recorder, the upload, and the one form around both. */
import { AudioUpload } from "./recording/audio_upload";
import { VoiceRecorder } from "./recording/voice_recorder";

customElements.define("voice-recorder", VoiceRecorder);
customElements.define("audio-upload", AudioUpload);

for (const form of document.querySelectorAll<HTMLFormElement>("form:has(audio-upload)")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const recorder = form.querySelector<VoiceRecorder>("voice-recorder");
    const upload = form.querySelector<AudioUpload>("audio-upload");
    if (recorder?.hasTake && !upload?.file) void recorder.send();
    else void upload?.send();
  });
}
