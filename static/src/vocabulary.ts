/** Looking at words, one at a time. */
import { WordReview } from "./vocabulary/word_review";

customElements.define("word-review", WordReview);
