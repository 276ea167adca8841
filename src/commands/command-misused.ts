/** A command was called in a way it does not know; the message is the sentence for whoever called it, and the exit code is 2. */
export class CommandMisused extends Error {
  override readonly name = 'CommandMisused';
}
