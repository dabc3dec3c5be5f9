// Messages of the query checker and the client, which come in lower case and without a full stop, as sentences.

import { h } from "./dom";

/** The message with a capital and a full stop. */
export function sentence(message: string): string {
  const capital = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** The text with its parts between backticks set as code. */
export function prose(text: string): (string | Node)[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}
