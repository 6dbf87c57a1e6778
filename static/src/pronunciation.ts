/** The pages of pronunciation. */

import { PitchPair } from "./pronunciation/pitch_pair";
import { SaidWords } from "./pronunciation/said_words";
import { SaySentence } from "./pronunciation/say_sentence";

customElements.define("say-sentence", SaySentence);
customElements.define("said-words", SaidWords);
customElements.define("pitch-pair", PitchPair);
