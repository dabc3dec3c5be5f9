// Characters that are not seen, but change what is seen around them: controls, and marks that turn the direction of text.

const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text with each of them written out: `safe⟨U+202E⟩txt.exe`, which otherwise looks like `safeexe.txt`. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `⟨U+${hex(character)}⟩`);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
