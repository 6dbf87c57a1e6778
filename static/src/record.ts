/** The page for a new session: the recorder, the upload, and the one form around both. */
import { AudioUpload } from "./recording/audio_upload";
import { VoiceRecorder } from "./recording/voice_recorder";

customElements.define("voice-recorder", VoiceRecorder);
customElements.define("audio-upload", AudioUpload);

for (const form of document.querySelectorAll<HTMLFormElement>("form:has(audio-upload)")) {
  // the file may come from the recorder, which the browser's own check of the form cannot know
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const recorder = form.querySelector<VoiceRecorder>("voice-recorder");
    const upload = form.querySelector<AudioUpload>("audio-upload");
    if (recorder?.isRecording) return;
    if (recorder?.hasTake) void recorder.send();
    else void upload?.send();
  });
}
