/** The editor of a sequence. */
import { SequenceEditor } from "./practice/sequence_editor";

customElements.define("sequence-editor", SequenceEditor);
